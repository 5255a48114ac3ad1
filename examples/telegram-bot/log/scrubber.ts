/** What stands where something secret stood. */
const instead = "(secret)";

/** Secrets that are known by their looks: a bot's token in a URL of Telegram, the token of a webhook's address. */
const shapes = [String.raw`(?<=bot)\d+(?::|%3A)[\w-]+`, String.raw`(?<=[?&]token=)[\w-]+`];

/** Shorter halves of a secret would take too much else along. */
const shortestHalf = 8;

/**
 * Takes secrets out of a line, in every spelling that a line may have of them. The line as a whole is searched, so it
 * does not matter where in it a secret is: a message, a URL, the cause of a cause.
 */
export function scrubber(secrets: readonly string[]): (line: string) => string {
  const spellings = secrets.flatMap(withHalf).flatMap(spellingsOf);
  const longestFirst = [...new Set(spellings)].toSorted((one, other) => other.length - one.length);
  const anySecret = new RegExp([...longestFirst.map(literally), ...shapes].join("|"), "g");
  return (line) => line.replace(anySecret, instead);
}

/** Of `id:secret` the second half is as secret as the whole. */
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
