import { takeRawBodies } from "@likeness/fastify";
import { telegramWebhook, type ReceiveUpdate } from "@likeness/grammy";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import { updatePath, type UpdateMode } from "../settings/settings.ts";

/** Telegram repeats an update that is not answered with 2xx, so 503 is only for errors that a retry may resolve. */
const statusOf = { "update-forbidden": 401, "update-malformed": 200, "storage-failure": 503 } as const;

/**
 * The endpoint of Telegram's updates, in webhook mode. Answers have no body, because Telegram runs a body as an API
 * call.
 */
export function updateEndpoint(mode: UpdateMode, receive: ReceiveUpdate): FastifyPluginAsync | undefined {
  if (mode.type === "polling") return undefined;
  const take = telegramWebhook({ secretToken: mode.secretToken, receive });
  return async (scope) => {
    // Fastify's own limit for a body, 1 MiB, is more than an update has.
    takeRawBodies(scope);
    // Checked before the body is read, so that no body without the secret is read.
    scope.addHook("onRequest", async (request, reply) => {
      if (request.method !== "POST") return reply.code(405).header("allow", "POST").send();
      if (!take.admits(secretTokenOf(request))) return reply.code(statusOf["update-forbidden"]).send();
    });
    scope.route<{ Body: Uint8Array | undefined }>({
      method: scope.supportedMethods,
      url: updatePath,
      handler: async (request, reply) => {
        const { body = new Uint8Array() } = request;
        const taken = await take({ secretToken: secretTokenOf(request), body });
        if (taken.isErr())
          request.log.warn({ updateId: updateIdIn(body), error: taken.error.type }, "an update was not taken");
        return reply.code(taken.isOk() ? 200 : statusOf[taken.error.type]).send();
      },
    });
  };
}

/** The update's number for the log, if it is an update. Telegram writes it first. */
function updateIdIn(body: Uint8Array): number | undefined {
  const [, digits] = /"update_id"\s*:\s*(\d{1,15})\b/.exec(new TextDecoder().decode(body.subarray(0, 200))) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function secretTokenOf({ headers }: FastifyRequest): string | undefined {
  const given = headers["x-telegram-bot-api-secret-token"];
  return typeof given === "string" ? given : undefined;
}
