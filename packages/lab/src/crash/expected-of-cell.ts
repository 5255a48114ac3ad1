import type { Cell } from "./cell.ts";
import type { Observation } from "./stage/observe.ts";
import { silent } from "./fal-behaviours.ts";
import { isOutcome } from "./invariants.ts";
import { killPoints, storing, type Traces } from "./kill-points.ts";

/** How many times a process is killed at this point: if the webhook never arrives, its point is never reached. */
const killsOf = ({ point, behaviour }: Cell): number => (storing.includes(point) && silent.includes(behaviour) ? 0 : 1);

/** A request that fal never got, or accepted without any sign of it, fails at the deadline. */
const statusOf = ({ point, behaviour }: Cell): string =>
  point === "P2" || behaviour === "504 without accepting" ? "failed" : "succeeded";

/** Checks that the cell did what its name says, beside the invariants. Returns a line for every difference. */
export function notAsExpected(cell: Cell, kills: number, { orders }: Observation): string[] {
  const seen = { kills, posts: sum(orders.map(({ posts }) => posts)), status: orders[0]?.status };
  const expected = { kills: killsOf(cell), posts: cell.point === "P2" ? 0 : 1, status: statusOf(cell) };
  return differences("in the end", expected, seen);
}

/** Whether the state that the dead process left is the one of its kill point. */
export const notLeftAsExpected = ({ point }: Cell, left: Observation): string[] =>
  differences(`killed at ${point}`, killPoints[point].left, tracesOf(left));

const tracesOf = ({ orders }: Observation): Traces => ({
  orders: orders.length,
  posts: sum(orders.map(({ posts }) => posts)),
  ends: sum(orders.map(({ ends }) => ends)),
  told: sum(orders.flatMap(({ messages }) => messages.filter(isOutcome).map(({ arrived }) => arrived))),
});

const differences = <Seen extends object>(when: string, expected: Partial<Seen>, seen: Seen): string[] =>
  (Object.keys(expected) as (keyof Seen & string)[])
    .filter((name) => seen[name] !== expected[name])
    .map((name) => `${when}: ${name} is ${String(seen[name])}, not ${String(expected[name])}`);

const sum = (numbers: readonly number[]): number => numbers.reduce((left, right) => left + right, 0);
