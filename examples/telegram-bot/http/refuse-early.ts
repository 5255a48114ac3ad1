import { drainUnreadBodies } from "@likeness/fastify";
import type { FastifyInstance, FastifyReply, FastifyServerOptions } from "fastify";

/** Replaces Fastify's answers to addresses that it cannot parse: those repeat the address, which may hold a token. */
export const frameworkErrors: NonNullable<FastifyServerOptions["frameworkErrors"]> = (error, _request, reply) => {
  const { statusCode = 400 } = error;
  void (reply as FastifyReply).code(statusCode).send({ error: "address-unreadable" });
};

/** Answers unknown addresses before the body is read, without details. A body that goes on is cut off after a while. */
export function refuseEarly(server: FastifyInstance): void {
  server.addHook("onRequest", async ({ is404 }, reply) => {
    if (is404) return reply.code(404).send({ error: "not-found" });
  });
  drainUnreadBodies(server);
}
