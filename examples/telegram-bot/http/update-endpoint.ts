import { telegramWebhook, type ReceiveUpdate } from "@likeness/grammy";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import { updatePath, type UpdateMode } from "../settings/settings.ts";

/** Bytes. */
const bodyLimit = 1_048_576;

/** Telegram delivers again what is not answered with 2xx, so only what a second try may mend is answered with 503. */
const statusOf = { "update-forbidden": 401, "update-malformed": 200, "storage-failure": 503 } as const;

/** Where Telegram delivers updates; nowhere when they are fetched. The answers have no body: it would be a call of its API. */
export function updateEndpoint(mode: UpdateMode, receive: ReceiveUpdate): FastifyPluginAsync | undefined {
  if (mode.type === "polling") return undefined;
  const take = telegramWebhook({ secretToken: mode.secretToken, receive });
  return async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    // All of this comes before the body: nobody who does not know the secret has one read.
    scope.addHook("onRequest", async (request, reply) => {
      if (request.method !== "POST") return reply.code(405).header("allow", "POST").send();
      if (!take.admits(secretTokenOf(request))) return reply.code(statusOf["update-forbidden"]).send();
    });
    scope.route<{ Body: Uint8Array | undefined }>({
      method: scope.supportedMethods,
      url: updatePath,
      bodyLimit,
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

/** For the log: which of Telegram's updates it was, if it was one. Telegram writes the number first. */
function updateIdIn(body: Uint8Array): number | undefined {
  const [, digits] = /"update_id"\s*:\s*(\d{1,15})\b/.exec(new TextDecoder().decode(body.subarray(0, 200))) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function secretTokenOf({ headers }: FastifyRequest): string | undefined {
  const given = headers["x-telegram-bot-api-secret-token"];
  return typeof given === "string" ? given : undefined;
}
