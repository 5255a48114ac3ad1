import type { FastifyInstance } from "fastify";

/** Milliseconds. */
export const drainMilliseconds = 5_000;

/**
 * Reads on, for a limited time, a body that was answered before its end. Closing at once would reset the connection,
 * and a sender that is still sending would not get the answer; without the limit, senders could hold connections open.
 */
export function drainAfterEarlyAnswers(scope: FastifyInstance): void {
  scope.addHook("onSend", async (_request, reply) => void reply.removeHeader("connection"));
  scope.addHook("onResponse", async ({ raw }) => {
    if (raw.complete) return;
    const timer = setTimeout(() => raw.destroy(), drainMilliseconds).unref();
    raw.once("close", () => clearTimeout(timer));
  });
}
