import type { JsonObject } from "@likeness/core";

/** Text that reveals stores which quote, truncate, normalise or re-encode. */
export const awkwardText = `Zoë 👩🏽‍🚀 Әлия "'\`;-- \\ %_ <b>&amp; مرحبا e\u0301`;

/** Text from other parties may also hold U+0000, unpaired surrogates, and unassigned code points. */
export const foreignText = `${awkwardText} \u0000 \ud83d \udc00 \uffff \uffff0000 \u202e`;

/** JSON that reveals stores which do the same, or which round numbers. */
export const awkwardJson: JsonObject = {
  "": "an empty key",
  "🎭": foreignText,
  "\u0000\ud83d": "a key",
  control: "\u0000\u0001\n\t\u2028",
  numbers: [0, -1.5, 3e-4, 1e21, Number.MAX_SAFE_INTEGER],
  nothing: null,
  deep: [{ list: [] }, {}, [[true, false]]],
};
