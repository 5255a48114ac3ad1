import { sayIn } from "../../texts/say.ts";
import type { Text } from "../../texts/text.ts";
import type { TextKey, TextParameters } from "../../texts/texts.ts";

const say = sayIn({});

/** The words of a text. */
export const words = <Key extends TextKey>(locale: string, key: Key, ...given: TextParameters<Key>): string => {
  const said: Text = say(locale, key, ...given);
  return typeof said === "string" ? said : said.text;
};

/** The words in English. */
export const english = <Key extends TextKey>(key: Key, ...given: TextParameters<Key>): string =>
  words("en", key, ...given);
