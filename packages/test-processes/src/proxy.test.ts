import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "./free-port.ts";
import { openProxy } from "./proxy.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

async function replica(answer: Answer): Promise<number> {
  const server = createServer((request, response) => void answer(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const named = (name: string) => replica((_request, response) => void response.end(name));

async function before(...targets: readonly number[]): Promise<string> {
  const { url, close } = await openProxy({ port: 0, targets: () => targets });
  onTestFinished(close);
  return url;
}

const ask = async (url: string): Promise<string> => (await fetch(url)).text();

describe("the proxy", () => {
  it("asks one after the other", async () => {
    const [one, two, three] = [await named("one"), await named("two"), await named("three")];
    const url = await before(one, two, three);
    const answers = [await ask(url), await ask(url), await ask(url), await ask(url)];
    expect(answers).toStrictEqual(["one", "two", "three", "one"]);
  });

  it("asks the next target when one does not listen, with the whole body", async () => {
    const one = await replica(async (request, response) => void response.end(await buffer(request)));
    const url = await before(await freePort(), await freePort(), one);
    for (const body of ["first", "second", "third"])
      expect(await (await fetch(url, { method: "POST", body })).text()).toBe(body);
  });

  it("says 503 and when to come back while no target lives, and goes on when one does", async () => {
    const targets = [await freePort()];
    const { url, close } = await openProxy({ port: 0, targets: () => targets });
    onTestFinished(close);
    const refused = await fetch(url, { method: "POST", body: "update" });
    expect([refused.status, refused.headers.get("retry-after")]).toStrictEqual([503, "1"]);
    targets.pop();
    expect((await fetch(url)).status).toBe(503);
    targets.push(await named("one"));
    expect(await ask(url)).toBe("one");
  });

  it("says 502 when the one that was asked dies, and asks no other", async () => {
    let asked = 0;
    const dying = await replica((request) => {
      asked += 1;
      request.socket.destroy();
    });
    const url = await before(dying, dying);
    expect((await fetch(url, { method: "POST", body: "update" })).status).toBe(502);
    expect(asked).toBe(1);
  });

  it("breaks off what was broken off", async () => {
    const port = await replica((_request, response) => {
      response.writeHead(200, { "content-length": "10" });
      response.write("half", () => response.destroy());
    });
    const response = await fetch(await before(port));
    await expect(response.text()).rejects.toThrow();
  });

  it("changes neither body nor headers nor answer", async () => {
    const seen: unknown[] = [];
    const port = await replica(async (request, response) => {
      const { method, url, headers } = request;
      const digest = createHash("sha256")
        .update(await buffer(request))
        .digest("hex");
      seen.push({ method, url, signature: headers["x-fal-webhook-signature"], digest });
      response.writeHead(405, { allow: "POST", "x-more": "yes" }).end("no");
    });
    const body = randomBytes(3_000_000);
    const url = await before(port);
    const headers = { "x-fal-webhook-signature": "00ff" };
    const response = await fetch(`${url}/path?token=a%2Fb&training=1`, { method: "PUT", body, headers });
    const digest = createHash("sha256").update(body).digest("hex");
    expect(seen).toStrictEqual([{ method: "PUT", url: "/path?token=a%2Fb&training=1", signature: "00ff", digest }]);
    expect([response.status, response.headers.get("allow"), response.headers.get("x-more")]).toStrictEqual([
      405,
      "POST",
      "yes",
    ]);
    expect(await response.text()).toBe("no");
  });
});
