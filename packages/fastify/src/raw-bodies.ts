import type { FastifyInstance } from "fastify";

/** Passes bodies of any content type as a `Buffer`, because signatures cover bytes. In this scope only. */
export function takeRawBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  scope.addHook("preParsing", async (request) => {
    // Fastify answers 415 to a content type that it cannot read before it asks any parser.
    request.headers = { ...request.headers, "content-type": "application/octet-stream" };
  });
}
