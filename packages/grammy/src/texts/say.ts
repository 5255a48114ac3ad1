import { silentLog, type Log } from "@likeness/core";
import { locales, type Locale, type Say, type TextOptions, type TextOverrides } from "./catalog.ts";
import { english } from "./english.ts";
import { kazakh } from "./kazakh.ts";
import { russian } from "./russian.ts";
import { matchingLocales } from "./served-by.ts";
import type { Text } from "./text.ts";
import type { TextKey, TextParameters, Texts } from "./texts.ts";

const builtIn = { en: english, ru: russian, kk: kazakh } as const satisfies Record<Locale, Texts>;

/**
 * Says every text: in the words of `translate`, else those of `texts` in that locale, else ours in that locale, else those
 * of `texts` in English, else ours in English. What a host's function throws, and what is no text, is passed over and
 * logged: a wrong word must not cost a message.
 */
export function sayIn({ texts = {}, translate }: TextOptions, log: Log = silentLog): Say {
  const overrides = (locale: string) => matchingLocales(locale, Object.keys(texts)).map((match) => texts[match]);
  const ours = (locale: string) => matchingLocales(locale, locales).map((match) => builtIn[match]);

  return <Key extends TextKey>(locale: string, key: Key, ...given: TextParameters<Key>) => {
    const from = (catalog: TextOverrides[string] | undefined) => () =>
      (catalog?.[key] as ((...given: TextParameters<Key>) => Text) | undefined)?.(...given);
    const sources = [
      () => translate?.(key, given[0], { locale }),
      ...[...overrides(locale), ...ours(locale), ...overrides("en")].map(from),
    ];
    for (const source of sources) {
      const said = heard(source, (problem) => log.warn({ key, locale, problem }, "a text of the host is passed over"));
      if (said !== undefined) return inShapeOf(key, said);
    }
    return inShapeOf(key, from(english)() ?? "");
  };
}

function heard(source: () => unknown, complain: (problem: string) => void): Text | undefined {
  try {
    const said = source();
    if (isText(said)) return wording(said).trim() === "" ? undefined : said;
    if (said !== undefined) complain(`expected a text, got ${said === null ? "null" : typeof said}`);
  } catch (thrown) {
    complain(thrown instanceof Error ? thrown.message : String(thrown));
  }
  return undefined;
}

const isText = (said: unknown): said is Text =>
  typeof said === "string" ||
  (typeof said === "object" &&
    said !== null &&
    "text" in said &&
    typeof said.text === "string" &&
    "entities" in said &&
    Array.isArray(said.entities));

const wording = (said: Text): string => (typeof said === "string" ? said : said.text);

/** Buttons, toasts and commands have no entities: of a formatted text they take the words. */
const inShapeOf = <Key extends TextKey>(key: Key, said: Text): ReturnType<Texts[Key]> =>
  (/^(button|toast|command|invoice)\./.test(key) ? wording(said) : said) as ReturnType<Texts[Key]>;
