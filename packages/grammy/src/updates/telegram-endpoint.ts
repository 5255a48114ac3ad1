import {
  readRequestBody,
  silentLog,
  systemClock,
  type BodyRefused,
  type Clock,
  type Log,
  type StorageFailure,
} from "@likeness/core";
import { telegramWebhook, type ReceiveUpdate, type UpdateForbidden, type UpdateMalformed } from "./receive-update.ts";

export interface TelegramEndpointOptions {
  /** The `secret_token` that Telegram was given. https://core.telegram.org/bots/api#setwebhook */
  readonly secretToken: string;
  /** Of `telegramUpdates`. */
  readonly receive: ReceiveUpdate;
  readonly clock?: Pick<Clock, "after"> | undefined;
  readonly log?: Pick<Log, "warn" | "error"> | undefined;
}

type Refusal = UpdateForbidden | UpdateMalformed | StorageFailure | BodyRefused;

/**
 * Telegram repeats an update that is not answered with 2xx, so another status is only for what a repetition may resolve,
 * and for callers that are not Telegram.
 */
const statusOf = {
  "update-forbidden": 401,
  "update-malformed": 200,
  "storage-failure": 503,
  "body-too-large": 413,
  "body-too-slow": 408,
  "body-unreadable": 400,
} as const satisfies Record<Refusal["type"], number>;

/**
 * The endpoint of Telegram's updates as a function of web standards; `toNodeListener` of `@likeness/core` serves it by
 * Node or Express. The secret is checked before the body is read. Answers have no body, because Telegram runs a body as
 * a call of its API.
 *
 * @example
 * const { receive } = telegramUpdates({ bot, store, clock, ids: uuidV7(clock), log });
 * const handle = telegramEndpoint({ secretToken: "as given to setWebhook", receive });
 * const { status } = await handle(new Request("https://bot.example/telegram", { method: "POST" })); // 401
 */
export function telegramEndpoint(options: TelegramEndpointOptions): (request: Request) => Promise<Response> {
  const { clock = systemClock, log = silentLog } = options;
  const take = telegramWebhook(options);
  return async (request) => {
    if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
    const secretToken = request.headers.get("x-telegram-bot-api-secret-token") ?? undefined;
    if (!take.admits(secretToken)) return answer(statusOf["update-forbidden"]);
    try {
      const taken = await readRequestBody(clock, request).andThen((body) => take({ secretToken, body }));
      if (taken.isErr()) log.warn({ error: taken.error.type }, "an update was not taken");
      return answer(
        taken.match(
          () => 200,
          ({ type }) => statusOf[type],
        ),
      );
    } catch (cause) {
      log.error({ err: cause }, "an update could not be taken");
      return answer(500);
    }
  };
}

const answer = (status: number): Response => new Response(null, { status });
