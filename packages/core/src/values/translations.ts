/** The same text in several languages, by their BCP 47 tags (`en`, `ru`, `pt-BR`). English is always there. */
export type Translations = Readonly<Record<string, string>> & { readonly en: string };

/** The text in a language, or in the language of which it is a kind (`ru` for `ru-KZ`), or in English. */
export function inLanguage(texts: Translations, locale: string): string | undefined {
  const text = texts[languageOf(texts, locale)];
  return text === "" ? undefined : text;
}

/** The tag of the text that a locale gets: the locale itself, a language of which it is a kind, or `en`. */
export function languageOf(texts: Translations, locale: string): string {
  const subtags = normal(locale).split("-");
  const tags = subtags.map((_, index) => subtags.slice(0, subtags.length - index).join("-"));
  const served = Object.keys(texts).filter((language) => texts[language] !== "");
  return tags.flatMap((tag) => served.filter((language) => normal(language) === tag))[0] ?? "en";
}

/** Whether there is a text in English, and none is empty. */
export const isTranslated = (texts: Partial<Translations>): boolean =>
  texts.en !== undefined && Object.values(texts).every((text) => text !== undefined && text.trim() !== "");

const normal = (locale: string): string => locale.replaceAll("_", "-").toLowerCase();
