import { isFirstLook } from "./is-first-look.ts";
import { creditsProblem, isLost, isOver, isUnseen, isWronglyShown } from "./order-problems.ts";
import type { Observation, ObservedMessage, ObservedOrder } from "./stage/observe.ts";

/** The result of a run. Only `doubledMessages` may be more than 0, and only in a known window. */
export interface Tally {
  readonly orders: number;
  readonly doubleSubmits: number;
  /** Orders without the outcome that they should have: also a picture that its owner has not got. */
  readonly lostOutcomes: number;
  readonly lostMessages: number;
  readonly doubledMessages: number;
  /** Pictures that the provider blocked, and that their owner has or has seen. */
  readonly blockedShown: number;
  /** Orders whose credits were not captured or released as their outcome says, and contradictions in the ledger. */
  readonly wrongCredits: number;
  /** What is left of a person of whom everything was erased. */
  readonly remains: number;
}

export interface Verdict extends Tally {
  /** A line for every broken invariant; empty when all hold. */
  readonly broken: readonly string[];
}

/** A set of pictures that was ordered. */
export interface ExpectedSet {
  readonly owner: string;
  readonly key: string;
}

export interface Expectation {
  /** The owners who ordered a training, each exactly one. */
  readonly owners: readonly string[];
  /** The sets of pictures that were ordered, each exactly once. */
  readonly sets?: readonly ExpectedSet[];
  /** Messages that may be doubled. */
  readonly doublesAllowed: number;
  /** The allowed reasons for the failure of an order that the provider accepted. Default: those that it gives. */
  readonly mayFail?: readonly string[];
}

/** Whether the message tells the outcome of an order, or of a set. */
export const isOutcome = ({ template }: Pick<ObservedMessage, "template">): boolean =>
  template !== "training-unconfirmed";

/** A message that was given up because it was out of date need not be sent. */
const isOwed = (message: ObservedMessage): boolean => isOutcome(message) || message.status === "sent";

/**
 * How many messages about its outcome must be sent: none about a cancelled one, as its owner knows; one for a set; for a
 * first look at most one, because it may be told with its training.
 */
function owed(order: ObservedOrder, orders: readonly ObservedOrder[]): number {
  const { id, setId, messages } = order;
  if (isFirstLook(order)) return Math.min(1, messages.length);
  const set = orders.filter((other) => other.setId === setId);
  return id === setId && set.some(({ status }) => status !== "cancelled") ? 1 : 0;
}

/** A message, and how many times it has come, or a part of it. */
interface Told {
  readonly status: string;
  readonly times: number;
}

/** What has come about an order or a set. Pictures come before the message about them. */
function toldOf({ id, setId, messages }: ObservedOrder, orders: readonly ObservedOrder[]): Told[] {
  const pictures = orders
    .filter((order) => order.setId === setId || isFirstLookOf(id, order, orders))
    .map(({ picture }) => picture?.shown ?? 0);
  return messages.map(({ status, arrived }) => ({ status, times: Math.max(arrived, ...pictures) }));
}

/** What has come about all orders; about a set once. */
const allTold = (orders: readonly ObservedOrder[]): Told[] =>
  orders.filter(({ id, setId }) => id === setId).flatMap((order) => toldOf(order, orders));

/**
 * How many messages a process had sent, or a part of them, when it died before it noted that. Telegram has no idempotency key,
 * so each of them comes once more.
 */
export const cutOff = ({ orders }: Observation): number =>
  allTold(orders).filter(({ status, times }) => status === "sending" && times > 0).length;

/** Whether it is a picture of the first look of a training, and was told with it and not by itself. */
const isFirstLookOf = (trainingId: string, order: ObservedOrder, orders: readonly ObservedOrder[]): boolean =>
  isFirstLook(order) &&
  order.key.startsWith(trainingId) &&
  orders.every(({ setId, messages }) => setId !== order.setId || messages.length === 0);

const isFinalMessage = ({ status }: ObservedMessage): boolean => status !== "pending" && status !== "sending";

/** Whether nothing is left to do. A picture is told of when it has been copied. */
const isDone = (order: ObservedOrder): boolean =>
  isOver(order) && (order.finished || order.kind === "training") && order.messages.every(isFinalMessage);

/** Whether no work is left. */
export const isIdle = (
  { orders, jobs, pendingDeliveries, openHolds }: Observation,
  { owners, sets = [] }: Expectation,
): boolean =>
  owners.every((owner) => orders.some((order) => order.owner === owner)) &&
  sets.every((set) => orders.some((order) => isOf(set, order))) &&
  orders.every(isDone) &&
  jobs.length === 0 &&
  pendingDeliveries === 0 &&
  openHolds === 0;

/** Whether an order is one of a set, whose key every order of it has. */
const isOf = ({ owner, key }: ExpectedSet, order: ObservedOrder): boolean =>
  order.owner === owner && order.key.includes(`:pictures:${key}:`);

/** Checks what is seen at the end of a run against the invariants. */
export function judge(seen: Observation, expected: Expectation): Verdict {
  const { orders, strangers, jobs, pendingDeliveries, openHolds, ledgerProblems } = seen;
  const { doublesAllowed } = expected;
  const messages = orders.flatMap((order) => order.messages);
  const missing = missingIn(orders, expected);
  const tally: Tally = {
    orders: orders.length,
    doubleSubmits: sum(orders.map(({ posts }) => Math.max(0, posts - 1))),
    lostOutcomes: orders.filter((order) => isLost(order, expected.mayFail)).length + missing.length,
    lostMessages:
      orders.filter((order) => order.messages.filter(isOutcome).length < owed(order, orders)).length +
      messages.filter((message) => isOwed(message) && message.arrived === 0).length +
      orders.filter(isUnseen).length,
    doubledMessages: sum(allTold(orders).map(({ times }) => Math.max(0, times - 1))),
    blockedShown: orders.filter(isWronglyShown).length + strangers,
    wrongCredits: orders.filter((order) => creditsProblem(order) !== undefined).length + ledgerProblems.length,
    remains: 0,
  };
  const broken = [
    ...missing,
    ...orders.flatMap((order) => brokenBy(order, orders, expected)),
    ...(tally.doubledMessages > doublesAllowed ? [`${tally.doubledMessages} messages doubled`] : []),
    ...(strangers > 0 ? [`${strangers} pictures were shown that nobody has`] : []),
    ...(pendingDeliveries > 0 ? [`${pendingDeliveries} deliveries without an outcome`] : []),
    ...jobs.map((job) => `a job is left: ${job}`),
    ...(openHolds > 0 ? [`${openHolds} reservations of credits are left`] : []),
    ...ledgerProblems.map((problem) => `the ledger: ${problem}`),
  ];
  return { ...tally, broken };
}

/** A line for each training and each set that was ordered once and is not there once. */
function missingIn(orders: readonly ObservedOrder[], { owners, sets = [] }: Expectation): string[] {
  const trainings = orders.filter(({ kind }) => kind === "training");
  const setsOf = (set: ExpectedSet): number =>
    new Set(orders.filter((order) => isOf(set, order)).map(({ setId }) => setId)).size;
  return [
    ...owners
      .filter((owner) => trainings.filter((order) => order.owner === owner).length !== 1)
      .map((owner) => `${owner} ordered once and has not one order`),
    ...sets
      .filter((set) => setsOf(set) !== 1)
      .map((set) => `${set.owner} ordered the set ${set.key} once and has ${setsOf(set)}`),
  ];
}

function brokenBy(order: ObservedOrder, orders: readonly ObservedOrder[], { mayFail }: Expectation): string[] {
  const { id, status, posts, ends, messages, reason } = order;
  const outcomes = messages.filter(isOutcome);
  const credits = creditsProblem(order);
  return [
    ...(posts > 1 ? [`${posts} paid requests`] : []),
    ...(isLost(order, mayFail)
      ? [`the provider ${order.taken ? "ran it" : "never saw it"}, and it is ${status} (${reason})`]
      : []),
    ...(ends === 1 ? [] : [`it ended ${ends} times`]),
    ...(outcomes.length === owed(order, orders) ? [] : [`${outcomes.length} messages about its outcome are stored`]),
    ...(isUnseen(order) ? ["its picture was never shown"] : []),
    ...(isWronglyShown(order) ? ["its picture is blocked, and its owner has it"] : []),
    ...(credits === undefined ? [] : [credits]),
    ...messages
      .filter((message) => isOwed(message) && message.arrived === 0)
      .map((message) => `${message.template} (${message.status}) never arrived`),
    ...messages
      .filter((message) => !isFinalMessage(message))
      .map((message) => `${message.template} is still ${message.status}`),
  ].map((problem) => `order ${id}: ${problem}`);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((left, right) => left + right, 0);

export const noTally: Tally = {
  orders: 0,
  doubleSubmits: 0,
  lostOutcomes: 0,
  lostMessages: 0,
  doubledMessages: 0,
  blockedShown: 0,
  wrongCredits: 0,
  remains: 0,
};

export const addTallies = (left: Tally, right: Tally): Tally => ({
  orders: left.orders + right.orders,
  doubleSubmits: left.doubleSubmits + right.doubleSubmits,
  lostOutcomes: left.lostOutcomes + right.lostOutcomes,
  lostMessages: left.lostMessages + right.lostMessages,
  doubledMessages: left.doubledMessages + right.doubledMessages,
  blockedShown: left.blockedShown + right.blockedShown,
  wrongCredits: left.wrongCredits + right.wrongCredits,
  remains: left.remains + right.remains,
});
