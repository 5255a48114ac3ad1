import { cleanText } from "@likeness/core";

const longest = 300;

/** Longer than the longest detail; limits the input of the regular expressions. */
const longestRead = 5_000;

/**
 * Matches links, also percent-encoded ones and those without a scheme, because they may hold tokens or lead to a
 * person's photos. Links to fal itself stay, because they say where to top up a balance.
 */
const links =
  /\b(?:(?:https?|data)(?::|%(?:25)*3A)|(?!fal\.ai\/)[\w.-]+\.[a-z]{2,}(?:(?::|%(?:25)*3A)\d+)?(?:\/|%(?:25)*2F))\S*/gi;

/** Matches the query of a path without a host. */
const query = /(?:[?&]|%(?:25)*(?:3F|26))\w+(?:=|%(?:25)*3D)/i;

/** Makes the text of a provider safe for people and logs: one line without links, at most 300 characters. */
export function plainDetail(text: string): string {
  // Cleaned first, because a link with a U+0000 in it would not match.
  const line = cleanText(text, longestRead)
    .replaceAll(links, "(link)")
    .replaceAll(/\S+/g, (word) => (query.test(word) ? "(link)" : word))
    .replaceAll(/\s+/g, " ")
    .trim();
  return cleanText(line, longest);
}
