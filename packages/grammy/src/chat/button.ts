import { InlineKeyboard } from "grammy";
import type { InlineKeyboardButton } from "grammy/types";
import type { TextKey, TextParameters } from "../texts/texts.ts";
import { callbackData, type Verb } from "./callback-data.ts";
import type { ChatPorts, Person } from "./chat-ports.ts";

/** The labels without parameters. */
export type ButtonKey = {
  [Key in TextKey]: Key extends `button.${string}` ? (TextParameters<Key> extends [] ? Key : never) : never;
}[TextKey];

/** A button in the person's language. With an era, it counts as old when the avatar is in another era. */
export const button = (
  { say }: Pick<ChatPorts, "say">,
  { locale }: Pick<Person, "locale">,
  key: ButtonKey,
  verb: Verb,
  id?: string,
  era?: string,
): InlineKeyboardButton.CallbackButton => InlineKeyboard.text(say(locale, key), callbackData(verb, id, era));
