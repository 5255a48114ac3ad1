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

/** Milliseconds. */
export const drainMilliseconds = 5_000;

/**
 * Reads on, for five seconds, a body that was answered before its end, in this scope. Closing at once would reset the
 * connection, and a sender that is still sending would not get the answer; without the limit, senders could hold
 * connections open.
 */
export function drainUnreadBodies(scope: FastifyInstance): void {
  scope.addHook("onResponse", async ({ raw }) => {
    if (raw.complete) return;
    raw.resume();
    const timer = setTimeout(() => raw.destroy(), drainMilliseconds).unref();
    raw.once("close", () => clearTimeout(timer));
  });
}

/** Drains unread bodies and keeps the connection of their senders, which Fastify would close after a 413. */
export function drainAndKeep(scope: FastifyInstance): void {
  scope.addHook("onSend", async (_request, reply) => void reply.removeHeader("connection"));
  drainUnreadBodies(scope);
}
