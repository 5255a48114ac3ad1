import { LogController, type FastifyInstance } from "fastify";

/** Fastify's own request logging is off, because its lines contain URLs, whose queries may hold a token. */
export const logController = new LogController({ disableRequestLogging: true });

/** Logs defects and, at debug level, the answer to each request. Instead of the URL it logs the route. */
export function logRequests(server: FastifyInstance): void {
  server.addHook("onError", async ({ method, routeOptions, log }, _reply, error) => {
    if ((error.statusCode ?? 500) >= 500)
      log.error({ method, route: routeOptions.url, err: error }, "a request failed");
  });
  server.addHook("onResponse", async ({ method, routeOptions, log }, { statusCode, elapsedTime }) => {
    const fields = { method, route: routeOptions.url, statusCode, milliseconds: Math.round(elapsedTime) };
    log.debug(fields, "a request was answered");
  });
}
