import likenessPlugin, { type LikenessPluginOptions } from "@likeness/fastify";
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyPluginAsync } from "fastify";
import { defaultLimits, maximumConnections, type Limits } from "./limits.ts";
import { logController, logRequests } from "./log-requests.ts";
import { withoutPublicPath } from "./public-path.ts";
import { frameworkErrors, refuseEarly } from "./refuse-early.ts";

export interface ServerOptions extends Pick<LikenessPluginOptions, "webhooks" | "checks"> {
  readonly log: FastifyBaseLogger;
  readonly host: string;
  readonly port: number;
  /** The path of the public URL. Requests are answered whether or not a proxy has removed it. */
  readonly prefix: string;
  /** Receives Telegram's updates, in webhook mode. */
  readonly updates?: FastifyPluginAsync;
  /** How long callers may take. */
  readonly limits?: Limits;
}

/** How many milliseconds running requests have when the server closes. */
const closingTime = 5_000;

/** The HTTP server: webhooks of fal and Telegram, health and readiness. */
export async function openServer(options: ServerOptions): Promise<FastifyInstance> {
  const { log: loggerInstance, host, port, prefix, webhooks, checks, updates, limits = defaultLimits } = options;
  const rewriteUrl = withoutPublicPath(prefix);
  const server = fastify({ ...limits, loggerInstance, logController, frameworkErrors, rewriteUrl });
  server.server.maxConnections = maximumConnections;
  logRequests(server);
  refuseEarly(server);
  await server.register(likenessPlugin, { webhooks, checks });
  if (updates) await server.register(updates);
  server.addHook("preClose", async () => {
    setTimeout(() => server.server.closeAllConnections(), closingTime).unref();
  });
  await server.listen({ host, port });
  return server;
}
