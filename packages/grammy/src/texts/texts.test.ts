import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textSamples } from "./__fixtures__/text-samples.ts";
import { locales, type Locale } from "./catalog.ts";
import { english } from "./english.ts";
import { kazakh } from "./kazakh.ts";
import { russian } from "./russian.ts";
import { sayIn } from "./say.ts";
import { shorten } from "./shorten.ts";
import type { Text } from "./text.ts";
import { textLimits } from "./text-limits.ts";
import type { TextKey, Texts } from "./texts.ts";

const say = sayIn({});
const keys = Object.keys(textSamples) as TextKey[];

const wording = (said: Text): string => (typeof said === "string" ? said : said.text);

const captions: readonly TextKey[] = ["avatar.card", "picture.caption", "picture.card", "picture.delete"];

const isShort = (key: TextKey): boolean => /^(button|toast|command|invoice)\./.test(key);

function limitOf(key: TextKey): number {
  if (key.startsWith("button.")) return textLimits.button;
  if (key.startsWith("toast.")) return textLimits.toast;
  // https://core.telegram.org/bots/api#botcommand
  if (key.startsWith("command.")) return 256;
  // https://core.telegram.org/bots/api#sendinvoice
  if (key === "invoice.title") return 32;
  if (key === "invoice.description") return 255;
  return captions.includes(key) ? textLimits.caption : textLimits.message;
}

/** A text with what it was given: every run another one. */
const said = <Key extends TextKey>(
  locale: string,
  key: Key,
): fc.Arbitrary<{ readonly name: string | undefined; readonly said: ReturnType<Texts[Key]> }> =>
  textSamples[key].map((given) => {
    const [parameters] = given;
    const name = parameters && "name" in parameters ? parameters.name : undefined;
    return { name, said: say(locale, key, ...given) };
  });

/** Texts that show only the beginning of a very long name. */
const shortening: readonly TextKey[] = [
  "avatar.card",
  "scenes.prompt",
  "words.prompt",
  "order.prompt",
  "drawing",
  "drawing.cancelled",
  "pictures.done",
  "pictures.failed",
  "first-look",
  "gallery.empty",
];

function shown(key: TextKey, name: string): string {
  if (key === "picture.card") return shorten(name, textLimits.nameOverWords);
  return shortening.includes(key) ? shorten(name, textLimits.nameInCaption) : name;
}

/** Texts that set off parts of their own. */
const sections: readonly TextKey[] = [
  "kind.prompt",
  "consent.ask",
  "privacy",
  "withdraw.ask",
  "erase.ask",
  "terms",
  "settings",
];

describe.each(locales)("the texts in %s", (locale) => {
  it.each(keys)("fit into what Telegram takes: %s", (key) => {
    fc.assert(
      fc.property(said(locale, key), ({ said: text }) => {
        const words = wording(text);
        expect(words.trim()).toBe(words);
        expect(words.length).toBeGreaterThanOrEqual(2);
        expect(words.length).toBeLessThanOrEqual(limitOf(key));
        // Half a surrogate pair would come back as a replacement character.
        expect(Buffer.from(words).toString()).toBe(words);
        expect(typeof text === "string" || !isShort(key)).toBe(true);
      }),
    );
  });

  const messages = keys.filter((key) => !isShort(key) && !sections.includes(key) && !isAboutCharges(key));
  it.each(messages)("show a name exactly, in bold, and nothing else of it: %s", (key) => {
    fc.assert(
      fc.property(said(locale, key), ({ name, said: text }) => {
        const entities = typeof text === "string" ? [] : text.entities;
        const marked = entities.map(({ type, offset, length }) => ({
          type,
          words: wording(text).slice(offset, offset + length),
          ends: offset + length <= wording(text).length,
        }));
        const expected = name === undefined ? [] : [{ type: "bold", words: shown(key, name), ends: true }];
        expect(marked).toStrictEqual(expected);
      }),
    );
  });

  it.each(keys.filter((key) => key !== "button.avatar"))(
    "are in that language, with everything filled in: %s",
    (key) => {
      fc.assert(
        fc.property(said(locale, key), ({ name, said: text }) => {
          const own = wording(text).replace(name === undefined ? "" : shorten(shown(key, name), nameLimit(key)), "");
          expect(own).not.toMatch(/undefined|NaN|null|Infinity|\[object|[{}$]/);
          expect(own.replaceAll(/\b20\d\d\b|(\d)\1{9,}/g, "")).not.toMatch(/\d{4}/);
          expect(own.replaceAll(quoted[locale], "")).not.toMatch(/["“”„«»]|\d[ \u00a0]?%/);
          expect(foreign[locale](own)).toStrictEqual([]);
          expect(own).toMatch(locale === "en" ? /[a-z]/i : /[а-яёәғқңөұүһі]/i);
        }),
      );
    },
  );
});

/** They show ids of charges in a fixed width, which apps copy at a touch. */
const isAboutCharges = (key: TextKey): boolean => /^(paysupport|refund\.asked|payment\.unassigned)$/.test(key);

/** Quotes and percents as CLDR has them. */
const quoted: Record<Locale, RegExp> = {
  en: /[“”]|\d%/g,
  ru: /[«»]|\d\u00a0%/g,
  kk: /[«»]|\d%/g,
};

const nameLimit = (key: TextKey): number => (key === "toast.main" ? textLimits.nameInToast : Infinity);

const latin = (text: string): string[] =>
  (text.match(/\/?\p{Script=Latin}+/gu) ?? []).filter((word) => !international.test(word));

/** Words that only Russian has, by their endings. */
const russianWords =
  /(?<![а-яёәғқңөұүһі])[а-яё]+(?:ться|тся|ение|ание|ний|ого|его|ыми|ами|ешь|ете|ите|ует)(?![а-яёәғқңөұүһі])/giu;

/** Words that do not belong into a language. */
const foreign: Record<Locale, (text: string) => string[]> = {
  en: (text) => text.match(/\p{Script=Cyrillic}+/gu) ?? [],
  ru: latin,
  kk: (text) => [...latin(text), ...(text.match(russianWords) ?? [])],
};
const international =
  /^(PROVIDER|ACCOUNT|INVALID|\/buy|JPEG|PNG|WebP|GIF|XL|X+|HEIC|HDR|iPhone|Telegram|ID|\/start|\/avatars|\/images|\/settings|\/privacy|\/cancel)$/;

it("has the same texts in every language", () => {
  expect(Object.keys(english).toSorted()).toStrictEqual(keys.toSorted());
  expect(Object.keys(russian).toSorted()).toStrictEqual(keys.toSorted());
  expect(Object.keys(kazakh).toSorted()).toStrictEqual(keys.toSorted());
});

/** Loan words that are written the same in both, and a number with such a word. */
const shared: readonly TextKey[] = ["button.portrait", "button.style", "button.gallery", "invoice.title"];

it.each(keys.filter((key) => !shared.includes(key)))("says nothing in Kazakh as in Russian: %s", (key) => {
  fc.assert(
    fc.property(textSamples[key] as fc.Arbitrary<[]>, (given) => {
      const [inKazakh, inRussian] = (["kk", "ru"] as const).map((locale) => wording(say(locale, key, ...given)));
      // A price in a unit of the host's has no word of ours.
      if (/\p{Script=Cyrillic}/u.test(inRussian ?? "")) expect(inKazakh).not.toBe(inRussian);
    }),
  );
});

it("sets off the two types of avatars where they are explained", () => {
  const bold = locales.map((locale) => {
    const prompt = say(locale, "kind.prompt");
    if (typeof prompt === "string") return prompt;
    return prompt.entities.map(({ type, offset, length }) => [type, prompt.text.slice(offset, offset + length)]);
  });
  expect(bold).toStrictEqual([
    [
      ["bold", "Portrait"],
      ["bold", "Style"],
    ],
    [
      ["bold", "Портрет"],
      ["bold", "Стиль"],
    ],
    [
      ["bold", "Портрет"],
      ["bold", "Стиль"],
    ],
  ]);
});

it("shows as much of a name on a button as there is room for, and always the rest", () => {
  const labels = (name: string) =>
    locales.map((locale) => say(locale, "button.avatar", { name, status: "draft", main: true }));
  expect(labels("Әлия")).toStrictEqual(["Әлия, draft, main", "Әлия, черновик, основной", "Әлия, аяқталмаған, негізгі"]);
  expect(labels("Aleksandra Konstantinovna")).toStrictEqual([
    "Aleksandra Konst…, draft, main",
    "Aleksandr…, черновик, основной",
    "Aleksan…, аяқталмаған, негізгі",
  ]);
});

it("counts the photos that were not taken, and leaves the reasons to the replies", () => {
  const given = { name: "N".repeat(2000), accepted: 0, minimum: 10, maximum: 20, checking: 1, moreRejected: 5 };
  const rejected = Array.from({ length: 30 }, (_, index) => ({
    number: 100 + index,
    rejection: { code: "unsupported-format", format: "heif" } as const,
  }));
  for (const locale of locales) {
    const words = wording(say(locale, "photos.status", { ...given, rejected }));
    expect(words.length).toBeLessThanOrEqual(textLimits.message);
    expect(words).toContain(": 35.");
    expect(words).not.toContain("HEIC");
  }
});

it("asks for no photos when the set is full", () => {
  for (const locale of locales) {
    const prompt = (accepted: number) =>
      wording(say(locale, "photos.prompt", { name: "Ada", kind: "portrait", accepted, minimum: 10, maximum: 20 }));
    expect(prompt(20)).not.toContain("JPEG");
    expect(prompt(20)).toContain("20");
    expect(prompt(19)).toContain("JPEG");
  }
});
