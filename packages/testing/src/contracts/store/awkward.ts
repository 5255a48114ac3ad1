import type { JsonObject } from "@likeness/core";

/** Text that breaks stores which quote, cut, normalise or re-encode. */
export const awkwardText = `Zoë 👩🏽‍🚀 Әлия "'\`;-- \\ %_ <b>&amp; مرحبا e\u0301`;

/** What others send may also hold U+0000, halves of surrogate pairs, and code points that no character has. */
export const foreignText = `${awkwardText} \u0000 \ud83d \udc00 \uffff \uffff0000 \u202e`;

/** JSON that breaks stores which do the same, or which round. */
export const awkwardJson: JsonObject = {
  "": "an empty key",
  "🎭": foreignText,
  "\u0000\ud83d": "a key",
  control: "\u0000\u0001\n\t\u2028",
  numbers: [0, -1.5, 3e-4, 1e21, Number.MAX_SAFE_INTEGER],
  nothing: null,
  deep: [{ list: [] }, {}, [[true, false]]],
};
