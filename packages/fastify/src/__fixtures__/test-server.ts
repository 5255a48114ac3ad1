import type { ReceiveWebhook, WebhookCommands } from "@likeness/core";
import { admitWebhook } from "@likeness/core/use-cases";
import { testPorts } from "@likeness/testing";
import fastify, { type FastifyInstance, type FastifyServerOptions } from "fastify";
import { okAsync } from "neverthrow";
import { once } from "node:events";
import { Agent, request, type ClientRequest, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import { Writable } from "node:stream";
import { onTestFinished } from "vitest";
import likeness from "../index.ts";
import type { LikenessPluginOptions } from "../index.ts";

type Outcome = ReturnType<WebhookCommands["receive"]>;

/** Path and query as the provider was given them, the same for all test ports. */
export async function webhookUrl(orderId = "training-1"): Promise<string> {
  const url = (await testPorts().ports.webhooks?.address.urlFor(orderId)) ?? "";
  return url.replace(new URL(url).origin, "");
}

export const tokenOf = (url: string): string => new URLSearchParams(url.replace(/^[^?]*/, "")).get("token") ?? "";

/** Commands that check real tokens, keep what they are given and answer as told. */
export function testCommands(outcome: () => Outcome = () => okAsync({ stored: "new" })) {
  const { ports } = testPorts();
  const received: ReceiveWebhook[] = [];
  const commands: LikenessPluginOptions["webhooks"] = {
    admit: (query) => admitWebhook(ports, query),
    receive: (command) => {
      received.push(command);
      return outcome();
    },
  };
  return { ...commands, received };
}

/** A server with the plugin, closed when the test ends. `lines` is everything it logs, at every level. */
export async function testServer(options: LikenessPluginOptions, serverOptions: FastifyServerOptions = {}) {
  const lines: string[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  const server: FastifyInstance = fastify({ logger: { level: "trace", stream }, ...serverOptions });
  onTestFinished(() => server.close());
  await server.register(likeness, options);
  return { server, lines };
}

/** The same, listening. `send` begins a POST request to it, on a connection that may be used again. */
export async function listeningServer(options: LikenessPluginOptions) {
  const { server, lines } = await testServer(options);
  const origin = await server.listen({ host: "127.0.0.1", port: 0 });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  const send = (url: string, headers: OutgoingHttpHeaders): ClientRequest => {
    const sent = request(`${origin}${url}`, { method: "POST", headers, agent });
    sent.flushHeaders();
    return sent;
  };
  return { server, lines, send };
}

/** The answer to a request, read to its end. */
export async function answerTo(sent: ClientRequest): Promise<{ status: number | undefined; body: string }> {
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  return { status: response.statusCode, body: Buffer.concat(await response.toArray()).toString() };
}

/** How many connections a server has. */
export const connectionsOf = (server: FastifyInstance): Promise<number> =>
  new Promise((resolve) => server.server.getConnections((_error, count) => resolve(count)));
