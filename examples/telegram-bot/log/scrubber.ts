/** The replacement for a secret. */
const instead = "(secret)";

/** Secrets that are recognised by their form: a bot's token in a URL of Telegram, the token of a webhook's address. */
const shapes = [String.raw`(?<=bot)\d+(?::|%3A)[\w-]+`, String.raw`(?<=[?&]token=)[\w-]+`];

/** Shorter parts of a secret are not searched for, because they would match other text. */
const shortestHalf = 8;

/**
 * Removes secrets from a line, in every encoding that a line may contain. It searches the whole line, so a secret is
 * found anywhere: in a message, a URL, the cause of a cause.
 */
export function scrubber(secrets: readonly string[]): (line: string) => string {
  const spellings = secrets.flatMap(withHalf).flatMap(spellingsOf);
  const longestFirst = [...new Set(spellings)].toSorted((one, other) => other.length - one.length);
  const anySecret = new RegExp([...longestFirst.map(literally), ...shapes].join("|"), "g");
  return (line) => line.replace(anySecret, instead);
}

/** Of `id:secret` the second half alone is a secret too. */
function withHalf(secret: string): string[] {
  const half = secret.slice(secret.indexOf(":") + 1);
  return half.length < shortestHalf ? [secret] : [secret, half];
}

const spellingsOf = (secret: string): string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret),
];

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
