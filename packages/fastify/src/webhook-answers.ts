import type { ReceiveWebhookError, WebhookNotFound } from "@likeness/core";
import type { FastifyReply } from "fastify";

/** Everything that keeps a delivery from being stored. */
export type WebhookRefusal =
  | { readonly type: "method-not-allowed" }
  | WebhookNotFound
  | { readonly type: "body-too-large" }
  | { readonly type: "body-unreadable" }
  | ReceiveWebhookError
  | { readonly type: "internal-error" };

/** Providers send again whatever was not answered with 2xx. */
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

/** Answers with the kind of the refusal and nothing else: neither input nor causes travel back. */
export const refuse = (reply: FastifyReply, { type }: WebhookRefusal): FastifyReply =>
  reply.code(statusOf[type]).send({ error: type });
