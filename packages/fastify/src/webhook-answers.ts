import type { ReceiveWebhookError, WebhookNotFound } from "@likeness/core";
import type { FastifyReply } from "fastify";

/** All reasons why a delivery is not stored. */
export type WebhookRefusal =
  | { readonly type: "method-not-allowed" }
  | WebhookNotFound
  | { readonly type: "body-too-large" }
  | { readonly type: "body-unreadable" }
  | ReceiveWebhookError
  | { readonly type: "internal-error" };

/** Providers repeat a delivery that was not answered with 2xx. */
const statusOf = {
  "method-not-allowed": 405,
  "webhook-not-found": 404,
  "body-too-large": 413,
  "body-unreadable": 400,
  "webhook-rejected": 401,
  "webhook-deferred": 503,
  "storage-failure": 503,
  "internal-error": 500,
} as const satisfies Record<WebhookRefusal["type"], number>;

/** Answers with the type of the refusal only, without input or causes. */
export const refuse = (reply: FastifyReply, { type }: WebhookRefusal): FastifyReply =>
  reply.code(statusOf[type]).send({ error: type });
