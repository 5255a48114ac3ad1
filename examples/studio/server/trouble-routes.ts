import type { FastifyInstance } from "fastify";
import { troubles as words, type TroubleStatus } from "../protocol.ts";
import type { Troubles } from "../trouble/open-troubles.ts";

const body = {
  type: "object",
  required: ["name", "armed"],
  additionalProperties: false,
  properties: {
    name: { enum: Object.keys(words) },
    bot: { type: "string", maxLength: 64 },
    armed: { type: "boolean" },
  },
} as const;

/** The routes that start troubles. */
export function troubleRoutes(server: FastifyInstance, troubles: Pick<Troubles, "set">): void {
  server.post<{ Body: Pick<TroubleStatus, "name" | "bot"> & { armed: boolean } }>(
    "/api/trouble",
    { schema: { body } },
    async ({ body: { name, armed, bot } }, reply) =>
      troubles.set(name, armed, bot)
        ? reply.code(204).send()
        : reply.code(409).send({ error: `“${words[name].label}” is not possible now.` }),
  );
}
