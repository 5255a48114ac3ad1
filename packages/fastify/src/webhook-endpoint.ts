import { createHash } from "node:crypto";
import { answerWebhook, systemClock as clock, type WebhookCommands } from "@likeness/core";
import type { FastifyError, FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { drainAndKeep, leaveBodiesUnread } from "./bodies.ts";
import { hideQueries } from "./hide-tokens.ts";
import { refuse } from "./refuse.ts";

/** The commands of `likeness.webhooks` that the endpoint calls. */
export type ReceivingCommands = Pick<WebhookCommands, "admit" | "receive" | "maxBytes"> &
  Partial<Pick<WebhookCommands, "admitEcho">>;

/** The webhook endpoint, at the prefix that it is registered with. */
export const webhookEndpoint =
  (webhooks: ReceivingCommands): FastifyPluginAsync =>
  async (scope) => {
    hideQueries(scope);
    leaveBodiesUnread(scope);
    drainAndKeep(scope);
    scope.setErrorHandler<FastifyError>((error, { log }, reply) => {
      const isDefect = (error.statusCode ?? 500) >= 500;
      if (isDefect) log.error({ err: error }, "webhook failed");
      return refuse(reply, { type: isDefect ? "internal-error" : "body-unreadable" });
    });
    // Every method that Fastify routes: a wildcard route of the host must not answer in our place, or log the address.
    scope.route({
      method: scope.supportedMethods,
      url: "/",
      handler: (request, reply) => answer(webhooks, request, reply),
    });
    // Not in a scope without a prefix, where it would replace the host's own 404 answer.
    if (scope.prefix !== "")
      scope.setNotFoundHandler((request, reply) =>
        // Methods that Fastify does not route come here too.
        request.method === "POST" ? refuse(reply, { type: "webhook-not-found" }) : answer(webhooks, request, reply),
      );
  };

async function answer(
  webhooks: ReceivingCommands,
  { method, url, raw, log }: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const headers = Object.fromEntries(
    Object.entries(raw.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );
  // Left open when the answer comes before the end of the body.
  const body = () => raw.iterator({ destroyOnReturn: false });
  const answered = await answerWebhook({ webhooks, clock, log }, { method, url, headers, body, digest });
  return reply.code(answered.status).headers(answered.headers).send(answered.body);
}

const digest = (body: Uint8Array): string => createHash("sha256").update(body).digest("hex");
