import type { Happening } from "../../protocol.ts";

/** One line of the list: a happening, and how often the same came again soon after it. */
export interface FoldedHappening {
  readonly first: Happening;
  readonly times: number;
}

/** What comes again within this time of the last one is a repetition of it; what comes later is news. */
const soonMilliseconds = 15_000;

/**
 * Folds what says the same again and again, like the job behind each update, into its first line, so that the lines
 * between stay in sight. Trouble is never folded, and neither is what went wrong on purpose.
 */
export function fold(happenings: readonly Happening[]): readonly FoldedHappening[] {
  const rows: { first: Happening; times: number; last: number }[] = [];
  const open = new Map<string, (typeof rows)[number]>();
  for (const happening of happenings) {
    const { kind, trouble, gist, at } = happening;
    const key = gist === undefined || trouble || kind === "trouble" ? undefined : `${kind} ${gist}`;
    const row = key === undefined ? undefined : open.get(key);
    if (row && at - row.last <= soonMilliseconds) {
      row.times += 1;
      row.last = at;
      continue;
    }
    const begun = { first: happening, times: 1, last: at };
    rows.push(begun);
    if (key !== undefined) open.set(key, begun);
  }
  return rows;
}
