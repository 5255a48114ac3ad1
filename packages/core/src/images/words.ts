import { err, ok, type Result } from "neverthrow";
import { oneLine } from "./one-line.ts";
import { withoutTriggers } from "./triggers.ts";

/** How long a person's own words may be. */
export const wordsLimit = 1_000;

/**
 * Why a person's words are refused. `empty`: nothing is left that can be seen. `no-letters`: only emoji or punctuation.
 * Lengths are code points.
 */
export type InvalidWords =
  | { readonly type: "invalid-words"; readonly reason: "empty" | "no-letters" }
  | { readonly type: "invalid-words"; readonly reason: "too-long"; readonly length: number; readonly limit: number };

/**
 * A person's own words as they are stored: NFC, one line, without triggers. `writePrompt` adds the avatar's trigger, so
 * a translation of the words needs none.
 *
 * Counts code points, because these bound the bytes (a grapheme has no longest form) and are the same in every version
 * of Unicode; in most languages they are what a person counts.
 */
export function cleanWords(text: string, limit = wordsLimit): Result<string, InvalidWords> {
  // Refused as it is: to normalise accents takes quadratic time. No letter of a language needs more than 4 units.
  if (text.length > limit * 4) return err(tooLong(text, limit));
  const words = withoutTriggers(oneLine(text));
  if (words.replaceAll(invisible, "") === "") return err({ type: "invalid-words", reason: "empty" });
  if (codePoints(words) > limit) return err(tooLong(words, limit));
  if (!/[\p{L}\p{N}]/u.test(words.replaceAll(noLetters, "")))
    return err({ type: "invalid-words", reason: "no-letters" });
  return ok(words);
}

const tooLong = (text: string, limit: number): InvalidWords => ({
  type: "invalid-words",
  reason: "too-long",
  length: codePoints(text),
  limit,
});

const codePoints = (text: string): number => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

const invisible = /[\s\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** What Unicode calls letters and digits although nobody reads them so: 1️⃣, ℹ️ and letters that are invisible. */
const noLetters = /[0-9#*]\uFE0F?\u20E3|[\p{Extended_Pictographic}\p{Default_Ignorable_Code_Point}]/gu;
