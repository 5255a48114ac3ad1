/** Maximum length of a stored text about a failure, in UTF-16 units. */
const longestDetail = 500;

/**
 * Makes text of a third party safe for people, logs and every store: removes control characters, replaces unpaired
 * surrogates and cuts it to a length (UTF-16 units).
 */
export function cleanText(text: string, longest = longestDetail): string {
  // Cut before the regular expressions run, because its length is not known.
  const head = text.slice(0, longest + 1);
  const cut = text.length > longest ? `${head.slice(0, longest - 1).replace(/\p{Surrogate}$/u, "")}…` : head;
  return cut
    .replaceAll(/[\t\n\r\u0085\u2028\u2029]+/g, " ")
    .replaceAll(/\p{Cc}/gu, "")
    .replaceAll(/\p{Surrogate}/gu, "\uFFFD");
}
