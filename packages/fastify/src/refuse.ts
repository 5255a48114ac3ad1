import { webhookStatus, type WebhookRefusal } from "@likeness/core";
import type { FastifyReply } from "fastify";

/** Answers with the type of the refusal only, without input or causes. */
export const refuse = (reply: FastifyReply, { type }: WebhookRefusal): FastifyReply =>
  reply.code(webhookStatus[type]).send({ error: type });
