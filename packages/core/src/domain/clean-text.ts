/** Longest text about a failure that is kept, in UTF-16 units. */
const longestDetail = 500;

/**
 * Text of another party, fit for people, logs and every store: without control characters, what is half of a surrogate
 * pair replaced, cut to a length (UTF-16 units).
 */
export function cleanText(text: string, longest = longestDetail): string {
  // Cut before it is searched: nobody knows how long it is.
  const head = text.slice(0, longest + 1);
  const cut = text.length > longest ? `${head.slice(0, longest - 1).replace(/\p{Surrogate}$/u, "")}…` : head;
  return cut
    .replaceAll(/[\t\n\r\u0085\u2028\u2029]+/g, " ")
    .replaceAll(/\p{Cc}/gu, "")
    .replaceAll(/\p{Surrogate}/gu, "\uFFFD");
}
