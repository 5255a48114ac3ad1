const ellipsis = "…";

/** Limits a text to a number of UTF-16 units: it is cut between two graphemes, and marked as cut. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const graphemes = [...new Intl.Segmenter("und", { granularity: "grapheme" }).segment(text)];
  const start = fitting(
    graphemes.map(({ segment }) => segment),
    limit - ellipsis.length,
  );
  // A single grapheme with many combining accents may exceed any limit.
  return `${start || fitting(Array.from(text), limit - ellipsis.length)}${ellipsis}`;
}

function fitting(pieces: readonly string[], limit: number): string {
  let start = "";
  for (const piece of pieces) {
    if (start.length + piece.length > limit) break;
    start += piece;
  }
  return start;
}
