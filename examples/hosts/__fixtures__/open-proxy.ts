import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/**
 * A proxy as in front of most hosts: takes requests below a prefix for an https address, and passes them on by http to
 * another name, without the prefix, to one target after the other.
 */
export async function openProxy(prefix: string) {
  const ports: number[] = [];
  const passed: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const { method, url = "", headers } = incoming;
    const port = ports[passed.length % ports.length];
    if (!url.startsWith(`${prefix}/`) || port === undefined) return void outgoing.writeHead(502).end();
    passed.push(`${port} ${url.replace(/\?.*/, "")}`);
    const forwarded = { host: "inside.example:81", "x-forwarded-proto": "https", "x-forwarded-host": headers.host };
    const asked = request({
      port,
      host: "127.0.0.1",
      method,
      path: url.slice(prefix.length),
      headers: { ...headers, ...forwarded },
    });
    asked.once("error", () => outgoing.destroy());
    asked.once("response", (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      outgoing.flushHeaders();
      answer.pipe(outgoing);
    });
    outgoing.once("close", () => asked.destroy());
    incoming.pipe(asked);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`, ports, passed };
}
