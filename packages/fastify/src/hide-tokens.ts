import type { FastifyInstance, FastifyRequest } from "fastify";
import { holdsToken, isMalformed, shownOf } from "./addresses.ts";
import { refuse } from "./refuse.ts";

/** Scopes whose requests are answered by the webhook endpoint itself. */
const endpoints = new WeakSet<FastifyInstance>();

/** Hosts that are protected already: the plugin may be registered more than once. */
const protectedHosts = new WeakSet<FastifyInstance>();

/**
 * Keeps the queries of a scope out of its log lines, those of its 404 answers included: the query of a webhook holds
 * its token, and Fastify logs the whole URL of every incoming request. A serializer of the route is not enough, because
 * Fastify does not use it for 404 answers. https://fastify.dev/docs/latest/Reference/Server/#setchildloggerfactory
 */
export function hideQueries(scope: FastifyInstance): void {
  endpoints.add(scope);
  const { childLoggerFactory } = scope;
  scope.setChildLoggerFactory(function (logger, bindings, options, rawRequest) {
    const serializers = { ...options.serializers, req: withoutQuery };
    return childLoggerFactory.call(this, logger, bindings, { ...options, serializers }, rawRequest);
  });
}

/**
 * Keeps tokens out of a host's log and answers when a request misses the endpoint, e.g. by letter case, an additional
 * slash or an escape from a proxy. Addresses without a token are logged and answered as before.
 */
export function hideTokens(scope: FastifyInstance): void {
  const host = rootOf(scope);
  if (protectedHosts.has(host)) return;
  protectedHosts.add(host);
  hideFromSerializer(host);
  hideFromAnswers(host);
  hideFromConnections(host);
}

/** The root instance: a request that misses the endpoint is answered there and not in the plugin's scope. */
function rootOf(scope: FastifyInstance): FastifyInstance {
  const parent: unknown = Object.getPrototypeOf(scope);
  return isInstance(parent) ? rootOf(parent) : scope;
}

const isInstance = (value: unknown): value is FastifyInstance =>
  typeof value === "object" && value !== null && "addHook" in value;

/** pino's serializers, under any options of the host. Its loggers read this object for every line. */
const serializersOfPino = Symbol.for("pino.serializers");

type Serialize = (request: FastifyRequest) => unknown;

function hideFromSerializer(host: FastifyInstance): void {
  const { [serializersOfPino]: serializers } = host.log as { [serializersOfPino]?: { req?: Serialize } };
  const serialize = serializers?.req;
  if (!serialize) return;
  serializers.req = (request) => (holdsToken(request.url ?? "") ? withoutQuery(request) : serialize(request));
}

function hideFromAnswers(host: FastifyInstance): void {
  host.addHook("onRequest", async (request, reply) => {
    if (endpoints.has(request.server) || !holdsToken(request.url)) return;
    const answer = () => refuse(reply, { type: "webhook-not-found" });
    // Fastify's own answer and log line repeat the address, also when a route of the host calls its not-found handler.
    if (request.is404) return answer();
    void Object.assign(reply, { callNotFound: answer });
  });
}

function hideFromConnections({ server }: FastifyInstance): void {
  // Fastify logs connection errors with all their fields, one of which is the raw request.
  server.prependListener("clientError", (error: Error & { rawPacket?: unknown }) => {
    if ("rawPacket" in error) Object.defineProperty(error, "rawPacket", { enumerable: false });
  });
  // Fastify repeats an address that it cannot parse in its answer, before any hook runs.
  server.prependListener("request", (request: { url?: string }) => {
    const { url = "" } = request;
    if (isMalformed(url) && holdsToken(url)) request.url = shownOf(url) || "/";
  });
}

const withoutQuery = (request: FastifyRequest) => ({
  method: request.method,
  url: shownOf(request.url),
  host: request.host,
  remoteAddress: request.ip,
  remotePort: request.socket.remotePort,
});
