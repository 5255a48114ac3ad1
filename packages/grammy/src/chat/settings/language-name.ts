import { capitalised } from "../../texts/capitalised.ts";

/** What a language is called in itself: `English`, `Русский`, `Қазақ тілі`; its tag when that is not known. */
export function languageName(locale: string): string {
  try {
    return capitalised(new Intl.DisplayNames([locale], { type: "language" }).of(locale) ?? locale);
  } catch {
    return locale;
  }
}
