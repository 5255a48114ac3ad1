const ellipsis = "…";

/** A text of at most so many UTF-16 units: cut between two characters as a person counts them, and marked as cut. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const graphemes = [...new Intl.Segmenter("und", { granularity: "grapheme" }).segment(text)];
  const start = fitting(
    graphemes.map(({ segment }) => segment),
    limit - ellipsis.length,
  );
  // One character may be a letter under a tower of accents, longer than any limit.
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
