import { once } from "node:events";
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * An address that outlives the processes, like a load balancer: it forwards to the running ones, one after the other.
 */
export interface Front {
  readonly url: string;
  add(port: number): void;
  remove(port: number): void;
  close(): Promise<void>;
}

export async function openFront(): Promise<Front> {
  let ports: readonly number[] = [];
  let turn = 0;

  /** A request while no process runs, or whose process dies, gets no answer. */
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const port = ports[turn++ % ports.length];
    if (port === undefined) {
      outgoing.destroy();
      return;
    }
    const { method, url: path, headers } = incoming;
    const onwards = request({ host: "127.0.0.1", port, method, path, headers, agent: false });
    onwards.on("response", (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on("error", () => outgoing.destroy()).pipe(outgoing);
    });
    onwards.on("error", () => outgoing.destroy());
    incoming.on("error", () => onwards.destroy()).pipe(onwards);
  };

  const server = createServer(pass).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    add: (added) => void (ports = [...ports, added]),
    remove: (removed) => void (ports = ports.filter((each) => each !== removed)),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
