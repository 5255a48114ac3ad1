import type { FastifyInstance, FastifyRequest } from "fastify";

/**
 * Keeps query strings out of the log lines of a scope, those of its 404 answers included: the query of a webhook holds
 * its token, and Fastify logs the whole URL of every incoming request. A serializer set on the route would not do, since
 * Fastify does not hand it to 404 answers. https://fastify.dev/docs/latest/Reference/Server/#setchildloggerfactory
 */
export function hideQueries(scope: FastifyInstance): void {
  const { childLoggerFactory } = scope;
  scope.setChildLoggerFactory(function (logger, bindings, options, rawRequest) {
    const serializers = { ...options.serializers, req: withoutQuery };
    return childLoggerFactory.call(this, logger, bindings, { ...options, serializers }, rawRequest);
  });
}

const withoutQuery = (request: FastifyRequest) => ({
  method: request.method,
  url: request.url.replace(/\?.*/s, ""),
  host: request.host,
  remoteAddress: request.ip,
  remotePort: request.socket.remotePort,
});
