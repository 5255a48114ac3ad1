import { capitalised } from "../../texts/capitalised.ts";

/** Where people and Telegram call a language by a shorter name than CLDR, which has `қазақ тілі`. */
const shorter: Readonly<Record<string, string>> = { kk: "Қазақша" };

/** What a language is called in itself: `English`, `Русский`, `Қазақша`; its tag when that is not known. */
export function languageName(locale: string): string {
  try {
    return shorter[locale] ?? capitalised(new Intl.DisplayNames([locale], { type: "language" }).of(locale) ?? locale);
  } catch {
    return locale;
  }
}
