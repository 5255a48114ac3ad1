import type { FastifyInstance, FastifyRequest } from "fastify";
import { holdsToken, isMalformed, shownOf } from "./addresses.ts";
import { refuse } from "./webhook-answers.ts";

/** Scopes whose requests are answered by the webhook endpoint itself. */
const endpoints = new WeakSet<FastifyInstance>();

/** Hosts that are protected already: the plugin may be registered more than once. */
const protectedHosts = new WeakSet<FastifyInstance>();

/**
 * Keeps the queries of a scope out of its log lines, those of its 404 answers included: the query of a webhook holds its
 * token, and Fastify logs the whole URL of every incoming request. A serializer set on the route would not do, since
 * Fastify does not hand it to 404 answers. https://fastify.dev/docs/latest/Reference/Server/#setchildloggerfactory
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
 * Keeps tokens out of a host's log and answers where a request misses the endpoint: another case, a slash too many, an
 * escape that a proxy put in. What holds no token is logged and answered as before.
 */
export function hideTokens(scope: FastifyInstance): void {
  const host = rootOf(scope);
  if (protectedHosts.has(host)) return;
  protectedHosts.add(host);
  hideFromSerializer(host);
  hideFromAnswers(host);
  hideFromConnections(host);
}

/** The scope of the plugin may be one of many, and what misses its endpoint is answered by the one that all are made of. */
function rootOf(scope: FastifyInstance): FastifyInstance {
  const parent: unknown = Object.getPrototypeOf(scope);
  return isInstance(parent) ? rootOf(parent) : scope;
}

const isInstance = (value: unknown): value is FastifyInstance =>
  typeof value === "object" && value !== null && "addHook" in value;

/** Of pino, whatever options the host gave it. Its loggers look into this object at every line. */
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
    // Fastify's own answer and log line repeat the address, also when a route of the host's asks for them.
    if (request.is404) return answer();
    void Object.assign(reply, { callNotFound: answer });
  });
}

function hideFromConnections({ server }: FastifyInstance): void {
  // Fastify logs errors of connections with all their fields, and one of them is the request as it came, in bytes.
  server.prependListener("clientError", (error: Error & { rawPacket?: unknown }) => {
    if ("rawPacket" in error) Object.defineProperty(error, "rawPacket", { enumerable: false });
  });
  // Fastify repeats an address that it cannot read to the caller, before any hook.
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
