import { err, ok, type Result } from "neverthrow";

export const nameLimits = { minimum: 2, maximum: 50 } as const;

/** Why a name is refused. Lengths are graphemes: what a person counts as characters. */
export interface InvalidName {
  readonly type: "invalid-name";
  readonly problem: "too-short" | "too-long" | "control-character";
  readonly length: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** Trims, normalises to NFC and checks a name. Control characters and line breaks are refused, all others allowed. */
export function parseAvatarName(raw: string): Result<string, InvalidName> {
  const name = raw.trim().normalize("NFC");
  const length = graphemes(name);
  const problem = problemOf(name, length);
  return problem ? err({ type: "invalid-name", problem, length, ...nameLimits }) : ok(name);
}

function problemOf(name: string, length: number): InvalidName["problem"] | undefined {
  if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(name)) return "control-character";
  if (length < nameLimits.minimum) return "too-short";
  if (length > nameLimits.maximum) return "too-long";
  return undefined;
}

const graphemes = (text: string): number => {
  // Refused before it is segmented: segmenting a megabyte would block the event loop.
  if (text.length > nameLimits.maximum * 40) return text.length;
  // Created here and not at import, because it loads ICU's data.
  const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });
  return [...segmenter.segment(text)].length;
};
