import { kinds } from "./kinds.ts";
import type { Observation, ObservedMessage, ObservedOrder } from "./stage/observe.ts";

/** The result of a run. Only `doubledMessages` may be more than 0, and only in a known window. */
export interface Tally {
  readonly orders: number;
  readonly doubleSubmits: number;
  readonly lostOutcomes: number;
  readonly lostMessages: number;
  readonly doubledMessages: number;
}

export interface Verdict extends Tally {
  /** A line for every broken invariant; empty when all hold. */
  readonly broken: readonly string[];
}

export interface Expectation {
  /** The owners who ordered, each exactly one order. */
  readonly owners: readonly string[];
  /** Messages that may be doubled. */
  readonly doublesAllowed: number;
  /** The allowed reasons for the failure of an order that fal accepted. Default: the one that fal gave. */
  readonly mayFail?: readonly string[];
}

/** Whether the message tells the outcome of an order. */
export const isOutcome = ({ template }: Pick<ObservedMessage, "template">): boolean =>
  template !== "training-unconfirmed";

/** A message that was given up because it was out of date need not be sent. */
const isOwed = (message: ObservedMessage): boolean => isOutcome(message) || message.status === "sent";

/** Whether fal ran it, but its result was lost. */
const isLost = (order: ObservedOrder, { mayFail = ["provider_error"] }: Expectation): boolean =>
  !isOver(order) || (order.taken && order.status === "failed" && !mayFail.includes(order.reason ?? ""));

const isOver = ({ status }: ObservedOrder): boolean => ["succeeded", "failed", "cancelled"].includes(status);

/** How many messages about its outcome must be sent: none about a cancelled one, as its owner knows. */
const owed = ({ kind, status }: ObservedOrder): number => (status === "cancelled" ? 0 : kinds[kind].told);

const isFinalMessage = ({ status }: ObservedMessage): boolean => status !== "pending" && status !== "sending";

/** Whether no work is left. */
export const isIdle = ({ orders, jobs, pendingDeliveries }: Observation, { owners }: Expectation): boolean =>
  owners.every((owner) => orders.some((order) => order.owner === owner)) &&
  orders.every((order) => isOver(order) && order.messages.every(isFinalMessage)) &&
  jobs.length === 0 &&
  pendingDeliveries === 0;

/** Checks what is seen at the end of a run against the six invariants. */
export function judge(seen: Observation, expected: Expectation): Verdict {
  const { orders, jobs, pendingDeliveries } = seen;
  const { owners, doublesAllowed } = expected;
  const messages = orders.flatMap((order) => order.messages);
  const missing = owners.filter((owner) => orders.filter((order) => order.owner === owner).length !== 1);
  const tally: Tally = {
    orders: orders.length,
    doubleSubmits: sum(orders.map(({ posts }) => Math.max(0, posts - 1))),
    lostOutcomes: orders.filter((order) => isLost(order, expected)).length + missing.length,
    lostMessages:
      orders.filter((order) => order.messages.filter(isOutcome).length < owed(order)).length +
      messages.filter((message) => isOwed(message) && message.arrived === 0).length,
    doubledMessages: sum(messages.map(({ arrived }) => Math.max(0, arrived - 1))),
  };
  const broken = [
    ...missing.map((owner) => `${owner} ordered once and has not one order`),
    ...orders.flatMap((order) => brokenBy(order, expected)),
    ...(tally.doubledMessages > doublesAllowed ? [`${tally.doubledMessages} messages doubled`] : []),
    ...(pendingDeliveries > 0 ? [`${pendingDeliveries} deliveries without an outcome`] : []),
    ...jobs.map((job) => `a job is left: ${job}`),
  ];
  return { ...tally, broken };
}

function brokenBy(order: ObservedOrder, expected: Expectation): string[] {
  const { id, status, posts, ends, messages, reason } = order;
  const outcomes = messages.filter(isOutcome);
  return [
    ...(posts > 1 ? [`${posts} paid requests`] : []),
    ...(isLost(order, expected)
      ? [`fal ${order.taken ? "ran it" : "never saw it"}, and it is ${status} (${reason})`]
      : []),
    ...(ends === 1 ? [] : [`it ended ${ends} times`]),
    ...(outcomes.length === owed(order) ? [] : [`${outcomes.length} messages about its outcome are stored`]),
    ...messages
      .filter((message) => isOwed(message) && message.arrived === 0)
      .map((message) => `${message.template} (${message.status}) never arrived`),
    ...messages
      .filter((message) => !isFinalMessage(message))
      .map((message) => `${message.template} is still ${message.status}`),
  ].map((problem) => `order ${id}: ${problem}`);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((left, right) => left + right, 0);

export const noTally: Tally = { orders: 0, doubleSubmits: 0, lostOutcomes: 0, lostMessages: 0, doubledMessages: 0 };

export const addTallies = (left: Tally, right: Tally): Tally => ({
  orders: left.orders + right.orders,
  doubleSubmits: left.doubleSubmits + right.doubleSubmits,
  lostOutcomes: left.lostOutcomes + right.lostOutcomes,
  lostMessages: left.lostMessages + right.lostMessages,
  doubledMessages: left.doubledMessages + right.doubledMessages,
});
