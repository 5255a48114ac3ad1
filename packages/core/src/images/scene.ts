import type { Ratio } from "./ratios.ts";

/** The same text in several languages, by their BCP 47 tags (`en`, `ru`, `pt-BR`). English is always there. */
export type Translations = Readonly<Record<string, string>> & { readonly en: string };

/** A picture that a person can choose instead of writing words. A host may replace or add scenes: they are data. */
export interface Scene {
  /** 1 to 32 characters of a-z, 0-9 and hyphens, because buttons carry it. */
  readonly key: string;
  /** The shape that suits the scene; the person may choose another. */
  readonly ratio: Ratio;
  /** What the person reads on the button. */
  readonly names: Translations;
  /**
   * English, with `{s}` once for the person. What fits the person's gender: `{he}` (or she, they: use a verb that suits
   * all three, such as a past tense), `{his}`, `{wear.suit}`, `{wear.casual}`, `{wear.evening}`.
   */
  readonly prompt: string;
  /** What the person should know before choosing it. */
  readonly note?: Translations | undefined;
}

/** The name in a language, or in the language of which it is a kind (`ru` for `ru-KZ`), or in English, or the key. */
export const nameOf = ({ names, key }: Pick<Scene, "names" | "key">, locale: string): string =>
  inLanguage(names, locale) ?? key;

/** The note, found like the name. */
export const noteOf = ({ note }: Pick<Scene, "note">, locale: string): string | undefined =>
  note && inLanguage(note, locale);

function inLanguage(texts: Translations, locale: string): string | undefined {
  const subtags = normal(locale).split("-");
  const tags = [...subtags.map((_, index) => subtags.slice(0, subtags.length - index).join("-")), "en"];
  return tags
    .flatMap((tag) => Object.entries(texts).filter(([language, text]) => normal(language) === tag && text !== ""))
    .map(([, text]) => text)[0];
}

const normal = (locale: string): string => locale.replaceAll("_", "-").toLowerCase();
