import type { StorageFailure } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import type { InlineKeyboardButton } from "grammy/types";
import type { ResultAsync } from "neverthrow";
import { button } from "./button.ts";
import { callbackData } from "./callback-data.ts";
import type { ChatPorts, Person } from "./chat-ports.ts";
import { hasModel } from "./has-model.ts";
import type { Question } from "./question.ts";

/** The message outside of the wizard: how many avatars the person has, and what they can do. */
export const menuOf = (ports: ChatPorts, person: Person): ResultAsync<Question, StorageFailure> =>
  ports.store.avatars.listByOwner(person.actor).map((avatars) => ({
    said: ports.say(person.locale, "menu", { avatars: avatars.length }),
    keyboard: InlineKeyboard.from([
      ...(ports.likeness.images.available && avatars.some(hasModel)
        ? [[button(ports, person, "button.make-pictures", "make")]]
        : []),
      [button(ports, person, "button.create", "create")],
      ...(avatars.length > 0 ? [[button(ports, person, "button.avatars", "avatars")]] : []),
      languageButtons(ports, person),
    ]),
  }));

/** One button for each language other than the current one, in that language; none for a language without a label. */
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
