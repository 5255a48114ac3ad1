/** Read by the regular expressions at most, in UTF-16 units. */
const longestRead = 5_000;

/** Links may be signed, or hold a token or a password. */
const links = /\b[a-z][a-z0-9+.-]*:\/\/\S+|\bdata:\S+/gi;

/** `Bearer …`, `id:secret` as of a bot or of an account, and `prefix_…` with a digit, as services name their keys. */
const secrets = /\b(?:bearer|basic)\s+\S+|\b[\w-]{6,}:[\w-]{20,}|\b[a-z]\w{0,7}_(?=[a-z0-9+/]*\d)[a-z0-9+/=]{16,}/gi;

/** The text of an error of anybody's, for logs: links and what looks like a secret are left out. */
export const withoutSecrets = (text: string): string =>
  text.slice(0, longestRead).replaceAll(links, "(link)").replaceAll(secrets, "(secret)");
