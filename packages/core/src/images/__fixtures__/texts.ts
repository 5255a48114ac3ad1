import fc from "fast-check";

/** Eight hex digits in any case. */
const digits = fc.stringMatching(/^[0-9a-fA-F]{8}$/);

const anyTrigger = fc.tuple(fc.constantFrom("TOK_", "tok_", "Tok_", "tOk_"), digits).map((parts) => parts.join(""));

const asIs = (character: string): string => character;

const fullWidth = (character: string): string => String.fromCharCode(character.charCodeAt(0) + 0xfee0);

const bold = (character: string): string => {
  if (/[0-9]/.test(character)) return String.fromCodePoint(0x1d7ce + Number(character));
  if (/[a-z]/.test(character)) return String.fromCodePoint(0x1d41a + character.charCodeAt(0) - 97);
  return /[A-Z]/.test(character) ? String.fromCodePoint(0x1d400 + character.charCodeAt(0) - 65) : character;
};

/** A trigger whose characters are replaced by some that look alike, with invisible ones and accents between. */
const disguised = (trigger: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  trigger.chain((text) =>
    fc
      .array(
        fc.tuple(
          fc.constantFrom(asIs, asIs, fullWidth, bold),
          fc.constantFrom(
            "",
            "",
            "",
            "\u00AD",
            "\u200B",
            "\u200D",
            "\u2060",
            "\uFE0F",
            "\u0301",
            "\u0323\u0301",
            "\u{E0061}",
          ),
        ),
        { minLength: text.length, maxLength: text.length },
      )
      .map((choices) => choices.map(([change, unseen], index) => change(text.charAt(index)) + unseen).join("")),
  );

/** Not `fc.string({ unit: "binary" })`, which takes seconds to begin. Half of them are from the first plane. */
export const anyCharacters = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x10ffff }), fc.integer({ min: 0, max: 0xffff })), { maxLength: 20 })
  .map((codePoints) => String.fromCodePoint(...codePoints));

/** Pieces of triggers, and what we put around them, so that something could come together. */
const pieces = fc.constantFrom(
  ..."TOK_ tok_ 0a1b 2c3d a F \u0301 \u200B , . { } {s} {he} {wear.suit} woman man".split(" "),
  " ",
  "\n",
  "in the style of ",
  "\uD835",
  "\uFEFF",
);

/** Any text, in any form of Unicode, with these triggers and others anywhere in it. */
export const anyText = (...own: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(
        fc.oneof(
          anyCharacters,
          pieces,
          anyTrigger,
          disguised(anyTrigger),
          ...(own.length > 0 ? [fc.constantFrom(...own), disguised(fc.constantFrom(...own))] : []),
        ),
        { maxLength: 12 },
      ),
      fc.constantFrom("NFC", "NFD", "NFKC", "NFKD", undefined),
    )
    .map(([parts, form]) => (form ? parts.join("").normalize(form) : parts.join("")));

/** A text as others could read it: as it is, with compatible forms unified, and without what is not seen. */
const readings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.normalize("NFKC").replaceAll(/\p{Cf}/gu, ""),
  (text) => text.replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, "").normalize("NFKC"),
  (text) => text.normalize("NFKD").replaceAll(/[\p{M}\p{Cf}]/gu, ""),
];

/** The triggers in each reading of a text. */
export const triggersIn = (text: string): string[][] =>
  readings.map((read) => [...read(text).matchAll(/tok_[0-9a-f]{8}/gi)].map(([found]) => found));
