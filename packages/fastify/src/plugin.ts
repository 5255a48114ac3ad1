import { webhookPath } from "@likeness/core";
import type { FastifyPluginAsync } from "fastify";
import fp from "fastify-plugin";
import { probes, type ReadinessChecks } from "./probes.ts";
import { webhookEndpoint } from "./webhook-endpoint.ts";
import type { WebhookUseCases } from "./webhook-use-cases.ts";

export interface LikenessPluginOptions {
  /** Usually the facade of `createLikeness`. Absent: there is no webhook endpoint, and trainings are polled only. */
  readonly webhooks?: WebhookUseCases | undefined;
  /** What `GET /ready` asks, by name, e.g. `{ database: () => store.ping() }`. */
  readonly checks?: ReadinessChecks | undefined;
  /** In front of every path; the path of your public URL when your proxy leaves it on. */
  readonly prefix?: string | undefined;
  /** Path of the webhook endpoint, when your proxy rewrites it. Default: `webhookPath` of `@likeness/core`. */
  readonly path?: string | undefined;
}

const likeness: FastifyPluginAsync<LikenessPluginOptions> = async (fastify, options) => {
  const { webhooks, checks = {}, prefix = "", path = webhookPath } = options;
  if (webhooks) await fastify.register(webhookEndpoint(webhooks), { prefix: `${prefix}${path}` });
  await fastify.register(probes(checks), { prefix });
};

/** Webhook endpoint, `GET /health` and `GET /ready` for a Fastify server. */
export const likenessPlugin = fp(likeness, { name: "@likeness/fastify", fastify: "5.x" });
