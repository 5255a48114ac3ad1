import type { Cell } from "./cell.ts";
import type { Evidence } from "./conductor/evidence.ts";
import { silent } from "./fal-behaviours.ts";
import { isOutcome } from "./invariants.ts";
import { killPoints, storing, type Traces } from "./kill-points.ts";

/** How often a process is killed there: a webhook that never comes is never stored. */
const killsOf = ({ point, behaviour }: Cell): number => (storing.includes(point) && silent.includes(behaviour) ? 0 : 1);

/** What fal never got, or took without a word, fails at the deadline. */
const statusOf = ({ point, behaviour }: Cell): string =>
  point === "P2" || behaviour === "504 without accepting" ? "failed" : "succeeded";

/** Beside the invariants, the cell has to be what it is called. Returns a line for whatever it is not. */
export function notAsExpected(cell: Cell, kills: number, { trainings }: Evidence): string[] {
  const seen = { kills, posts: sum(trainings.map(({ posts }) => posts)), status: trainings[0]?.status };
  const expected = { kills: killsOf(cell), posts: cell.point === "P2" ? 0 : 1, status: statusOf(cell) };
  return differences("in the end", expected, seen);
}

/** Whether the dead process has left what is left at its point. */
export const notLeftAsExpected = ({ point }: Cell, left: Evidence): string[] =>
  differences(`killed at ${point}`, killPoints[point].left, tracesOf(left));

const tracesOf = ({ trainings }: Evidence): Traces => ({
  trainings: trainings.length,
  posts: sum(trainings.map(({ posts }) => posts)),
  ends: sum(trainings.map(({ ends }) => ends)),
  told: sum(trainings.flatMap(({ messages }) => messages.filter(isOutcome).map(({ arrived }) => arrived))),
});

const differences = <Seen extends object>(when: string, expected: Partial<Seen>, seen: Seen): string[] =>
  (Object.keys(expected) as (keyof Seen & string)[])
    .filter((name) => seen[name] !== expected[name])
    .map((name) => `${when}: ${name} is ${String(seen[name])}, not ${String(expected[name])}`);

const sum = (numbers: readonly number[]): number => numbers.reduce((left, right) => left + right, 0);
