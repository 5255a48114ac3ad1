import type { Api } from "grammy";
import { safeTry, okAsync, type ResultAsync } from "neverthrow";
import { attempt } from "../../telegram/attempt.ts";
import type { TelegramProblem } from "../../telegram/telegram-problem.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { commandNames } from "./commands.ts";

type LanguageCode = NonNullable<NonNullable<Parameters<Api["setMyCommands"]>[1]>["language_code"]>;

/** Registers the commands for private chats: in English for everybody, and in every language that Telegram can tell apart. */
export function publishCommands({ api, say, languages }: ChatPorts): ResultAsync<void, TelegramProblem> {
  const publish = (locale: string, code?: LanguageCode) =>
    attempt(() =>
      api.setMyCommands(
        commandNames.map((command) => ({ command, description: say(locale, `command.${command}`) })),
        { scope: { type: "all_private_chats" }, ...(code && { language_code: code }) },
      ),
    );
  return safeTry(async function* () {
    yield* publish("en");
    for (const language of languages.filter(isTwoLetters)) yield* publish(language, language);
    return okAsync(undefined);
  });
}

/** https://core.telegram.org/bots/api#setmycommands takes ISO 639-1 codes alone. */
const isTwoLetters = (language: string): language is LanguageCode => /^[a-z]{2}$/.test(language);
