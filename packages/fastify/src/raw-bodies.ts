import type { FastifyInstance } from "fastify";

/** Hands bodies over as the bytes that came, whatever their content type: signatures cover bytes. In this scope only. */
export function takeRawBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  scope.addHook("preParsing", async (request) => {
    // Fastify answers 415 to a content type that it cannot read before it asks any parser.
    request.headers = { ...request.headers, "content-type": "application/octet-stream" };
  });
}
