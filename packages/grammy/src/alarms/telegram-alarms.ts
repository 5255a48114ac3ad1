import type { AlarmRefused, Alarms, AlarmsUnavailable, Store } from "@likeness/core";
import type { Api } from "grammy";
import { okAsync, type ResultAsync } from "neverthrow";
import { findPerson } from "../chat/person.ts";
import { freshConversation } from "../conversation/conversation.ts";
import { attempt } from "../telegram/attempt.ts";
import { literalApi } from "../telegram/chat-api.ts";
import type { TelegramProblem } from "../telegram/telegram-problem.ts";
import { locales, type Locale } from "../texts/catalog.ts";
import { servedBy } from "../texts/served-by.ts";
import { alarmText } from "./alarm-text.ts";

export interface TelegramAlarmsOptions {
  /** Ids of the operators' chats. */
  readonly chats: readonly (string | number)[];
  /** The store of the bot, which knows the language of each chat. Absent: English. */
  readonly store?: Pick<Store, "owners" | "sessions"> | undefined;
}

/**
 * Alarms as messages of the bot to operators, one channel for each chat, so that one of them who cannot be reached does not
 * make the others hear it twice. Each has to have started the bot, and is told in the language of the bot in that chat. The
 * text is plain, whatever parse mode the host has set.
 *
 * @example
 * const alarms = telegramAlarms(bot.api, { chats: ["4242"], store });
 */
export function telegramAlarms(api: Api, { chats, store }: TelegramAlarmsOptions): Alarms[] {
  const ours = literalApi(api);
  return [...new Set(chats.map(String))].map((chat) => ({
    name: `telegram:${chat}`,
    tell: (alarm): ResultAsync<void, AlarmRefused | AlarmsUnavailable> =>
      localeOf(store, Number(chat)).andThen((locale) => {
        const text = alarmText(alarm, servedBy(locales, locale) as Locale);
        return attempt(() => ours.sendMessage(chat, text, { link_preview_options: { is_disabled: true } }))
          .map(() => undefined)
          .mapErr(errorOf);
      }),
  }));
}

/** In the wrong language is better than not at all. */
function localeOf(store: TelegramAlarmsOptions["store"], chatId: number): ResultAsync<string, never> {
  const usual = okAsync(freshConversation.locale);
  if (!store) return usual;
  return findPerson(store, { chatId })
    .map(({ person }) => person.locale)
    .orElse(() => usual);
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
