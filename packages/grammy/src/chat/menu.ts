import type { StorageFailure } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import type { InlineKeyboardButton } from "grammy/types";
import type { ResultAsync } from "neverthrow";
import { button } from "./button.ts";
import { callbackData } from "./callback-data.ts";
import type { ChatPorts, Person } from "./chat-ports.ts";
import type { Question } from "./question.ts";

/** What somebody sees who is asked for nothing: how many avatars they have, and what they can do. */
export const menuOf = (ports: ChatPorts, person: Person): ResultAsync<Question, StorageFailure> =>
  ports.store.avatars.listByOwner(person.actor).map(({ length: avatars }) => ({
    said: ports.say(person.locale, "menu", { avatars }),
    keyboard: InlineKeyboard.from([
      [button(ports, person, "button.create", "create")],
      ...(avatars > 0 ? [[button(ports, person, "button.avatars", "avatars")]] : []),
      languageButtons(ports, person),
    ]),
  }));

/** One button for each language that the person does not see now, in that language. One without a label has none. */
export const languageButtons = (
  { say, languages }: Pick<ChatPorts, "say" | "languages">,
  { locale }: Pick<Person, "locale">,
): InlineKeyboardButton.CallbackButton[] => {
  const seen = new Set([say(locale, "button.language")]);
  return languages.flatMap((language) => {
    const label = say(language, "button.language");
    if (seen.has(label)) return [];
    seen.add(label);
    return [InlineKeyboard.text(label, callbackData("locale", language))];
  });
};
