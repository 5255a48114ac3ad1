import { webhookPath } from "@likeness/core";
import type { FastifyPluginAsync } from "fastify";
import fp from "fastify-plugin";
import { routeOf } from "./addresses.ts";
import { hideTokens } from "./hide-tokens.ts";
import { probes, type ProbePaths, type ReadinessChecks } from "./probes.ts";
import { webhookEndpoint, type ReceivingCommands } from "./webhook-endpoint.ts";

export interface LikenessPluginOptions {
  /** `likeness.webhooks` of `createLikeness`. Absent: there is no webhook endpoint, and orders are polled only. */
  readonly webhooks?: ReceivingCommands | undefined;
  /** Paths of health and readiness; `false` for a host with its own probes. Default: `/health`, `/ready`. */
  readonly probes?: ProbePaths | false | undefined;
  /** The checks of `GET /ready`, by name, e.g. `{ database: () => store.ping() }`. */
  readonly checks?: ReadinessChecks | undefined;
  /** Prefix of every path: the path of your public URL, if your proxy does not remove it. */
  readonly prefix?: string | undefined;
  /** Path of the webhook endpoint, when your proxy rewrites it. Default: `webhookPath` of `@likeness/core`. */
  readonly path?: string | undefined;
}

const likeness: FastifyPluginAsync<LikenessPluginOptions> = async (fastify, options) => {
  const { webhooks, checks = {}, prefix = "", path = webhookPath, probes: paths = {} } = options;
  // Also without a webhook endpoint, because the provider may still send webhooks of earlier orders.
  hideTokens(fastify);
  if (webhooks) await fastify.register(webhookEndpoint(webhooks), { prefix: routeOf(prefix, path) });
  if (paths) await fastify.register(probes(checks, paths), { prefix: routeOf(prefix, "") });
};

/** Webhook endpoint, health and readiness for a Fastify server. */
export const likenessPlugin = fp(likeness, { name: "@likeness/fastify", fastify: "5.x" });
