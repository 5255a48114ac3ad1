import likenessPlugin, { type LikenessPluginOptions } from "@likeness/fastify";
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyPluginAsync } from "fastify";
import { logController, logRequests } from "./log-requests.ts";

export interface ServerOptions extends Pick<LikenessPluginOptions, "webhooks" | "checks"> {
  readonly log: FastifyBaseLogger;
  readonly host: string;
  readonly port: number;
  /** The path of the public URL. A proxy may take it off or leave it on: both is answered. */
  readonly prefix: string;
  /** Takes updates of Telegram, in webhook mode. */
  readonly updates?: FastifyPluginAsync;
}

/** Milliseconds that a caller has for a whole request. */
const requestTimeout = 30_000;

/** Milliseconds that requests under way have when the server closes. */
const closingTime = 5_000;

/** The HTTP server: webhooks of fal and Telegram, health and readiness. */
export async function openServer(options: ServerOptions): Promise<FastifyInstance> {
  const { log: loggerInstance, host, port, prefix, webhooks, checks, updates } = options;
  const server = fastify({ loggerInstance, requestTimeout, logController });
  logRequests(server);
  for (const path of new Set(["", prefix])) {
    await server.register(likenessPlugin, { prefix: path, webhooks, checks });
    if (updates) await server.register(updates, { prefix: path });
  }
  server.addHook("preClose", async () => {
    setTimeout(() => server.server.closeAllConnections(), closingTime).unref();
  });
  await server.listen({ host, port });
  return server;
}
