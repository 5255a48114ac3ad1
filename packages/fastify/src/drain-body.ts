import type { FastifyInstance } from "fastify";

/** Milliseconds. */
export const drainMilliseconds = 5_000;

/**
 * Goes on reading, for a while, a body that was answered before its end. Closing at once would reset the connection, and
 * a sender still busy with its body would never see the answer; reading on for ever would let senders hold connections.
 */
export function drainAfterEarlyAnswers(scope: FastifyInstance): void {
  scope.addHook("onSend", async (_request, reply) => void reply.removeHeader("connection"));
  scope.addHook("onResponse", async ({ raw }) => {
    if (raw.complete) return;
    const timer = setTimeout(() => raw.destroy(), drainMilliseconds).unref();
    raw.once("close", () => clearTimeout(timer));
  });
}
