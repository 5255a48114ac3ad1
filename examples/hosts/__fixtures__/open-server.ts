import { once } from "node:events";
import { Agent, createServer, request, type ClientRequest, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { toNodeListener } from "@likeness/core";
import { onTestFinished } from "vitest";
import { updatesPath, type Endpoints } from "../endpoints.ts";
import { expressHost } from "../express.ts";
import { honoHost } from "../hono.ts";
import { nextRoute, nextUpdatesRoute } from "../next.ts";
import { nodeHost } from "../node.ts";

/** The servers of these examples. Next's routes stand behind the paths of their files. */
export const hosts: Readonly<Record<string, (endpoints: Endpoints) => Server>> = {
  Node: nodeHost,
  Express: (endpoints) => createServer(expressHost(endpoints)),
  Hono: (endpoints) => createServer(toNodeListener(async (asked) => honoHost(endpoints).fetch(asked))),
  "routes of Next": (endpoints) =>
    createServer(
      toNodeListener(async (asked) => {
        const updates = new URL(asked.url).pathname === updatesPath;
        return (updates ? nextUpdatesRoute(endpoints) : nextRoute(endpoints)).POST(asked);
      }),
    ),
};

export type Headers = Record<string, string | number | undefined>;

/** A server that listens until the test is over, and requests to it on one connection. */
export async function openServer(server: Server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => {
    agent.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const begin = (headers: Headers, path: string): ClientRequest => {
    const sent = request({ port, host: "127.0.0.1", method: "POST", path, headers, agent });
    sent.flushHeaders();
    return sent;
  };
  return { begin, port };
}

export async function answerTo(sent: ClientRequest): Promise<[number | undefined, string]> {
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  return [response.statusCode, Buffer.concat(await response.toArray()).toString()];
}
