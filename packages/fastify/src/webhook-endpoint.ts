import { createHash } from "node:crypto";
import type { WebhookAdmission, WebhookCommands } from "@likeness/core";
import type { FastifyError, FastifyInstance, FastifyPluginAsync, FastifyRequest } from "fastify";
import { hideQueries } from "./hide-tokens.ts";
import { drainAndKeep, takeRawBodies } from "./bodies.ts";
import { refuse, type WebhookRefusal } from "./webhook-answers.ts";

/** Bytes. */
const bodyLimit = 1_048_576;

/** The webhook endpoint, at the prefix that it is registered with. */
export const webhookEndpoint =
  ({ admit, receive }: WebhookCommands): FastifyPluginAsync =>
  async (scope) => {
    const admissions = new WeakMap<FastifyRequest, WebhookAdmission>();
    hideQueries(scope);
    takeRawBodies(scope);
    drainAndKeep(scope);
    answerErrors(scope, (request) => admissions.get(request)?.orderId);

    scope.addHook("onRequest", async (request, reply) => {
      if (request.method !== "POST") return refuse(reply.header("allow", "POST"), { type: "method-not-allowed" });
      const admission = await admit(addressOf(request));
      if (admission.isErr()) return refuse(reply, admission.error);
      admissions.set(request, admission.value);
    });

    // Every method that Fastify routes: a wildcard route of the host must not answer in our place, or log the address.
    scope.route<{ Body: Buffer }>({
      method: scope.supportedMethods,
      url: "/",
      bodyLimit,
      handler: async (request, reply) => {
        const admission = admissions.get(request);
        if (!admission) return refuse(reply, { type: "webhook-not-found" });
        const { body } = request;
        const digest = createHash("sha256").update(body).digest("hex");
        const received = await receive({ admission, headers: headersOf(request), body, digest });
        if (received.isOk()) return received.value;
        if (received.error.type === "storage-failure")
          request.log.error({ orderId: admission.orderId, err: received.error.cause }, "webhook not stored");
        return refuse(reply, received.error);
      },
    });
    // Not in a scope without a prefix, where it would replace the host's own 404 answer.
    if (scope.prefix !== "")
      scope.setNotFoundHandler((_request, reply) => refuse(reply, { type: "webhook-not-found" }));
  };

/** The token and what it stands for. A parameter that is missing or came twice is no parameter. */
function addressOf(request: FastifyRequest): { orderId: string; token: string } {
  // Read from the URL itself, because a host's query parser may treat repeated parameters in any way.
  const query = new URLSearchParams(request.url.replace(/^[^?]*/, ""));
  const only = (...names: string[]) => {
    const [value = "", ...more] = names.flatMap((name) => query.getAll(name));
    return more.length === 0 ? value : "";
  };
  // Addresses made by version 0.1 call the order `training`.
  return { orderId: only("order", "training"), token: only("token") };
}

const headersOf = ({ raw }: FastifyRequest): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(raw.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );

function answerErrors(scope: FastifyInstance, orderOf: (request: FastifyRequest) => string | undefined): void {
  scope.setErrorHandler<FastifyError>((error, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal.type === "internal-error")
      request.log.error({ orderId: orderOf(request), err: error }, "webhook failed");
    return refuse(reply, refusal);
  });
}

/** The errors of Fastify and Node while they read a body; any other error is a defect. */
function refusalOf({ statusCode = 500 }: FastifyError): WebhookRefusal {
  if (statusCode === 413) return { type: "body-too-large" };
  return { type: statusCode < 500 ? "body-unreadable" : "internal-error" };
}
