import { inLanguage, type Translations } from "../values/translations.ts";
import type { Ratio } from "./ratios.ts";

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

/** The name of a scene or a pack in a language, or in the language of which it is a kind (`ru` for `ru-KZ`), or in English, or the key. */
export const nameOf = ({ names, key }: Pick<Scene, "names" | "key">, locale: string): string =>
  inLanguage(names, locale) ?? key;

/** The note, found like the name. */
export const noteOf = ({ note }: Pick<Scene, "note">, locale: string): string | undefined =>
  note && inLanguage(note, locale);
