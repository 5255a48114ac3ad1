import { locales, type TextOverrides } from "./catalog.ts";
import { matchingLocales } from "./locale-tags.ts";

/** The locale to speak to somebody in whose app speaks this language (BCP 47, as Telegram has it): `ru-RU` gives `ru`. */
export const pickLocale = (languageCode: string | undefined, texts: TextOverrides = {}): string =>
  matchingLocales<string>(languageCode ?? "", [...locales, ...Object.keys(texts)])[0] ?? "en";
