import type { AlarmRefused, Alarms, AlarmsUnavailable } from "@likeness/core";
import type { Api } from "grammy";
import type { ResultAsync } from "neverthrow";
import { attempt } from "../telegram/attempt.ts";
import { literalApi } from "../telegram/chat-api.ts";
import type { TelegramProblem } from "../telegram/telegram-problem.ts";

/**
 * Alarms as messages of the bot to operators, one channel for each chat, so that one of them who cannot be reached does not
 * make the others hear it twice. Each has to have started the bot. The text is plain, whatever parse mode the host has set.
 *
 * @example
 * const alarms = telegramAlarms(bot.api, { chats: ["4242"] });
 */
export function telegramAlarms(api: Api, { chats }: { readonly chats: readonly (string | number)[] }): Alarms[] {
  const ours = literalApi(api);
  return [...new Set(chats.map(String))].map((chat) => ({
    name: `telegram:${chat}`,
    tell: ({ text }): ResultAsync<void, AlarmRefused | AlarmsUnavailable> =>
      attempt(() => ours.sendMessage(chat, text, { link_preview_options: { is_disabled: true } }))
        .map(() => undefined)
        .mapErr(errorOf),
  }));
}

function errorOf(problem: TelegramProblem): AlarmRefused | AlarmsUnavailable {
  switch (problem.type) {
    case "rate-limited":
      return { type: "alarms-unavailable", detail: "Telegram asks to wait" };
    case "telegram-failure":
      return { type: "alarms-unavailable", detail: problem.detail };
    case "unreachable":
      return { type: "alarm-refused", detail: "the chat cannot be reached: has it started the bot?" };
    case "refused":
      return { type: "alarm-refused", detail: problem.detail };
  }
}
