import likenessPlugin, { drainUnreadBodies, type LikenessPluginOptions } from "@likeness/fastify";
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyReply,
  type FastifyServerOptions,
} from "fastify";
import { defaultLimits, maximumConnections, type Limits } from "./limits.ts";
import { withoutPublicPath } from "./public-path.ts";

export interface ServerOptions extends Pick<LikenessPluginOptions, "webhooks" | "checks"> {
  readonly log: FastifyBaseLogger;
  readonly host: string;
  readonly port: number;
  /** The path of the public URL. Requests are answered whether or not a proxy has removed it. */
  readonly prefix: string;
  /** Receives Telegram's updates, in webhook mode. */
  readonly updates?: FastifyPluginAsync;
  /** The operator's page, where there is one. */
  readonly operator?: FastifyPluginAsync | undefined;
  /** How long callers may take. */
  readonly limits?: Limits;
}

/** How many milliseconds running requests have when the server closes. */
const closingTime = 5_000;

/** The HTTP server: webhooks of fal and Telegram, health and readiness, the operator's page. */
export async function openServer(options: ServerOptions): Promise<FastifyInstance> {
  const {
    log: loggerInstance,
    host,
    port,
    prefix,
    webhooks,
    checks,
    updates,
    operator,
    limits = defaultLimits,
  } = options;
  const rewriteUrl = withoutPublicPath(prefix);
  const server = fastify({ ...limits, loggerInstance, logController, frameworkErrors, rewriteUrl });
  server.server.maxConnections = maximumConnections;
  logRequests(server);
  refuseEarly(server);
  await server.register(likenessPlugin, { webhooks, checks });
  if (updates) await server.register(updates);
  if (operator) await server.register(operator);
  server.addHook("preClose", async () => {
    setTimeout(() => server.server.closeAllConnections(), closingTime).unref();
  });
  await server.listen({ host, port });
  return server;
}

/** Fastify's own request logging is off, because its lines contain URLs, whose queries may hold a token. */
const logController = new LogController({ disableRequestLogging: true });

/** Logs defects and, at debug level, the answer to each request. Instead of the URL it logs the route. */
function logRequests(server: FastifyInstance): void {
  server.addHook("onError", async ({ method, routeOptions, log }, _reply, error) => {
    if ((error.statusCode ?? 500) >= 500)
      log.error({ method, route: routeOptions.url, err: error }, "a request failed");
  });
  server.addHook("onResponse", async ({ method, routeOptions, log }, { statusCode, elapsedTime }) => {
    const fields = { method, route: routeOptions.url, statusCode, milliseconds: Math.round(elapsedTime) };
    log.debug(fields, "a request was answered");
  });
}

/** Replaces Fastify's answers to addresses that it cannot parse: those repeat the address, which may hold a token. */
const frameworkErrors: NonNullable<FastifyServerOptions["frameworkErrors"]> = (error, _request, reply) => {
  const { statusCode = 400 } = error;
  void (reply as FastifyReply).code(statusCode).send({ error: "address-unreadable" });
};

/** Answers unknown addresses before the body is read, without details. A body that goes on is cut off after a while. */
function refuseEarly(server: FastifyInstance): void {
  server.addHook("onRequest", async ({ is404 }, reply) => {
    if (is404) return reply.code(404).send({ error: "not-found" });
  });
  drainUnreadBodies(server);
}
