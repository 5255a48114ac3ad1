const longest = 500;

/** How many errors are followed one below the other, and named side by side. */
const deepest = 5;
const widest = 3;

/**
 * A description of an error for a `JobQueue`, short enough for a log line and a column. It names what caused the error
 * too, and what an `AggregateError` holds, without links and secrets.
 */
export const describeCause = (cause: unknown): string => withoutSecrets(describe(cause, deepest)).slice(0, longest);

function describe(cause: unknown, depth: number): string {
  if (typeof cause === "string") return cause;
  if (typeof cause !== "object" || cause === null) return typeof cause;
  const said = saidBy(cause);
  if (said === undefined) return "object";
  const below = depth > 1 ? belowOf(cause).map((each) => describe(each, depth - 1)) : [];
  // Some messages repeat what is below them.
  const more = [...new Set(below)].filter((text) => !said.includes(text));
  return more.length > 0 ? `${said}: ${more.join("; ")}` : said;
}

/** What an error says itself. Our errors are tagged objects. */
function saidBy(cause: object): string | undefined {
  if (cause instanceof Error) return cause.message === "" ? cause.name : `${cause.name}: ${cause.message}`;
  return "type" in cause ? String(cause.type) : undefined;
}

function belowOf(cause: object): readonly unknown[] {
  if (cause instanceof AggregateError) return cause.errors.slice(0, widest);
  if (!(cause instanceof Error) && "detail" in cause) return [cause.detail];
  return "cause" in cause && cause.cause !== undefined ? [cause.cause] : [];
}

/** Read by the regular expressions at most, in UTF-16 units. */
const longestRead = 5_000;

/** Links may be signed, or hold a token or a password. */
const links = /\b[a-z][a-z0-9+.-]*:\/\/\S+|\bdata:\S+/gi;

/** `Bearer …`, `id:secret` as of a bot or of an account, and `prefix_…` with a digit, as services name their keys. */
const secrets = /\b(?:bearer|basic)\s+\S+|\b[\w-]{6,}:[\w-]{20,}|\b[a-z]\w{0,7}_(?=[a-z0-9+/]*\d)[a-z0-9+/=]{16,}/gi;

/** The text of an error of anybody's: links and what looks like a secret are left out. */
const withoutSecrets = (text: string): string =>
  text.slice(0, longestRead).replaceAll(links, "(link)").replaceAll(secrets, "(secret)");
