import { cleanText } from "@likeness/core";

const longest = 300;

/** Enough for the longest detail; a regular expression is not let loose on megabytes. */
const longestRead = 5_000;

/**
 * Links, also percent-encoded ones and those without a scheme: they may hold tokens or lead to somebody's photos. fal
 * itself is left in, because it says where to top up a balance.
 */
const links =
  /\b(?:(?:https?|data)(?::|%(?:25)*3A)|(?!fal\.ai\/)[\w.-]+\.[a-z]{2,}(?:(?::|%(?:25)*3A)\d+)?(?:\/|%(?:25)*2F))\S*/gi;

/** Of a word: the query of a path without its host. */
const query = /(?:[?&]|%(?:25)*(?:3F|26))\w+(?:=|%(?:25)*3D)/i;

/** Text of a provider, made fit for people and logs: one line without links, at most 300 characters. */
export function plainDetail(text: string): string {
  // Cleaned first: a link with a U+0000 in it would not be known for one.
  const line = cleanText(text, longestRead)
    .replaceAll(links, "(link)")
    .replaceAll(/\S+/g, (word) => (query.test(word) ? "(link)" : word))
    .replaceAll(/\s+/g, " ")
    .trim();
  return cleanText(line, longest);
}
