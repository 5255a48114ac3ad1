const prefix = "likeness/";

/**
 * The queue of a kind of job: `webhook.process:telegram` is `likeness/webhook.process/telegram`. pg-boss allows
 * letters, digits and `_ . - /`; any other character, and `-` and `/` themselves, become their code in hyphens, so that
 * no two kinds share a queue.
 *
 * @see https://github.com/timgit/pg-boss/blob/master/docs/api/queues.md
 */
export const queueName = (kind: string): string => `${prefix}${kind.replaceAll(/[^\w.]/gu, inName)}`;

/** The kind of job whose queue this is. */
export const kindOf = (queue: string): string =>
  queue
    .slice(prefix.length)
    .replaceAll(/\/|-([\da-f]+)-/g, (_, code: string | undefined) =>
      code === undefined ? ":" : String.fromCodePoint(Number.parseInt(code, 16)),
    );

/** The queue of dead jobs of all kinds. No kind has this name. */
export const deadLetters = `${prefix}dead-letters`;

const inName = (character: string): string =>
  character === ":" ? "/" : `-${character.codePointAt(0)?.toString(16) ?? ""}-`;
