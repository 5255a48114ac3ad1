import type { Activity } from "../../protocol.ts";

/** One line of the list: an activity, and how often it was repeated soon after. */
export interface FoldedActivity {
  readonly first: Activity;
  readonly times: number;
}

/** The same activity within this time of the last one is a repetition; later, it gets a new line. */
const soonMilliseconds = 15_000;

/**
 * Folds repetitions, like the job of each update, into the first line, so that the lines between stay in view. Errors
 * and deliberate troubles are never folded.
 */
export function fold(activities: readonly Activity[]): readonly FoldedActivity[] {
  const rows: { first: Activity; times: number; last: number }[] = [];
  const open = new Map<string, (typeof rows)[number]>();
  for (const activity of activities) {
    const { kind, trouble, gist, at } = activity;
    const key = gist === undefined || trouble || kind === "trouble" ? undefined : `${kind} ${gist}`;
    const row = key === undefined ? undefined : open.get(key);
    if (row && at - row.last <= soonMilliseconds) {
      row.times += 1;
      row.last = at;
      continue;
    }
    const begun = { first: activity, times: 1, last: at };
    rows.push(begun);
    if (key !== undefined) open.set(key, begun);
  }
  return rows;
}
