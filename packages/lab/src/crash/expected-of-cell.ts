import type { Cell } from "./cell.ts";
import type { Observation, ObservedOrder } from "./stage/observe.ts";
import { silent } from "./behaviours.ts";
import { isOutcome } from "./invariants.ts";
import { killPoints, storing, type Traces } from "./kill-points.ts";
import { kinds } from "./kinds.ts";

/** How many times a process is killed at this point: if the webhook never arrives, its point is never reached. */
const killsOf = ({ point, behaviour }: Cell): number => (storing.includes(point) && silent.includes(behaviour) ? 0 : 1);

/**
 * A request that the provider never got, or accepted without any sign of it, fails at the deadline; so does one without
 * weights, and one that the provider refuses for its content.
 */
const statusOf = ({ kind, behaviour }: Cell, { posts, key, reason }: ObservedOrder): string =>
  posts === 0 ||
  reason === "content_blocked" ||
  behaviour === "504 without accepting" ||
  (kind === "gone-link" && !key.endsWith(":again"))
    ? "failed"
    : "succeeded";

/**
 * Checks that the cell did what its name says, beside the invariants. Returns a line for every difference. Of a set,
 * another picture may have been between the line and its request when the process was killed.
 */
export function notAsExpected(cell: Cell, kills: number, { orders }: Observation): string[] {
  const mostUnsent = cell.point === "P2" ? kinds[cell.kind].orders : kinds[cell.kind].orders - 1;
  const unsent = orders.filter(({ posts }) => posts === 0).length;
  return [
    ...difference("kills", kills, killsOf(cell)),
    ...difference("orders", orders.length, kinds[cell.kind].orders),
    ...(cell.point === "P2" && unsent === 0 ? ["in the end: every request was sent"] : []),
    ...(unsent > mostUnsent ? [`in the end: ${unsent} requests were not sent`] : []),
    ...orders.flatMap((order) => difference(`status of ${order.id}`, order.status, statusOf(cell, order))),
  ];
}

const difference = <Value extends string | number>(what: string, seen: Value, expected: Value): string[] =>
  seen === expected ? [] : [`in the end: ${what} is ${seen}, not ${expected}`];

/** Whether the state that the dead process left is the one of its kill point, for one order at least. */
export function notLeftAsExpected({ kind, point }: Cell, { orders }: Observation): string[] {
  const { left } = killPoints[point];
  if (left === "nothing") return orders.length === 0 ? [] : [`killed at ${point}: ${orders.length} orders are stored`];
  if (orders.length < kinds[kind].placed) return [`killed at ${point}: ${orders.length} orders are stored`];
  const traces = orders.map((order) => tracesOf(order, orders));
  return traces.some((seen) => fits(left, seen))
    ? []
    : [`killed at ${point}: left is ${JSON.stringify(traces)}, not ${JSON.stringify(left)}`];
}

const fits = (left: Partial<Traces>, seen: Traces): boolean =>
  (Object.keys(left) as (keyof Traces)[]).every((name) => left[name] === seen[name]);

/** What was told of a set counts for each of its orders. */
const tracesOf = ({ posts, ends, setId }: ObservedOrder, orders: readonly ObservedOrder[]): Traces => ({
  posts,
  ends,
  told: orders
    .filter((order) => order.setId === setId)
    .flatMap(({ messages }) => messages.filter(isOutcome))
    .reduce((sum, { arrived }) => sum + arrived, 0),
});
