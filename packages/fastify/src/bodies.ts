import { drainBody } from "@likeness/core";
import type { FastifyInstance } from "fastify";

/** Passes bodies of any content type as a `Buffer`, because signatures cover bytes. In this scope only. */
export function takeRawBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  ignoreContentTypes(scope);
}

/** Leaves bodies to the handlers, which read them from `request.raw`. In this scope only. */
export function leaveBodiesUnread(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", (_request, _body, done) => done(null));
  ignoreContentTypes(scope);
}

function ignoreContentTypes(scope: FastifyInstance): void {
  scope.addHook("preParsing", async (request) => {
    // Fastify answers 415 to a content type that it cannot read before it asks any parser.
    request.headers = { ...request.headers, "content-type": "application/octet-stream" };
  });
}

/** Reads on, for a while, a body that was answered before its end, in this scope. */
export function drainUnreadBodies(scope: FastifyInstance): void {
  scope.addHook("onResponse", async ({ raw }) => drainBody(raw));
}

/** Drains unread bodies and keeps the connection of their senders, which Fastify would close after a 413. */
export function drainAndKeep(scope: FastifyInstance): void {
  scope.addHook("onSend", async (_request, reply) => void reply.removeHeader("connection"));
  drainUnreadBodies(scope);
}
