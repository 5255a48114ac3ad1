import type { TextKey, TextParameters, Texts } from "./texts.ts";
import type { Text } from "./text.ts";

/** The languages that are complete. An unknown one falls back to English. */
export const locales = ["en", "ru", "kk"] as const;
export type Locale = (typeof locales)[number];

/**
 * A host's own words: per locale (`de`, `pt-BR`), per key. A locale that we do not have falls back to English for the
 * rest; one without words of its own here (`{ de: {} }`) is one that `translate` knows.
 */
export type TextOverrides = Readonly<Record<string, { readonly [Key in keyof Texts]?: Texts[Key] | undefined }>>;

/** Lets a host plug its own translations in; `undefined` or an empty text leaves it to us. Asked first. */
export type Translate = (key: TextKey, given: unknown, about: { readonly locale: string }) => Text | undefined;

export interface TextOptions {
  readonly texts?: TextOverrides | undefined;
  readonly translate?: Translate | undefined;
}

/** Says a text in a language: `say("ru", "ready", { name })`. */
export type Say = <Key extends TextKey>(
  locale: string,
  key: Key,
  ...given: TextParameters<Key>
) => ReturnType<Texts[Key]>;
