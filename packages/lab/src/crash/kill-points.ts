import { kinds, type KindName } from "./kinds.ts";

/** The state of an order at a kill point, in numbers. */
export interface Traces {
  readonly orders: number;
  readonly posts: number;
  readonly ends: number;
  /** Messages about its outcome that were received. */
  readonly told: number;
}

interface Point {
  /** A description of what is done and what is not. */
  readonly where: string;
  /** The state that a process that dies here has certainly left. */
  readonly left: Partial<Traces>;
}

/** The points at which a process is killed, in the order in which an order reaches them. */
export const killPoints = {
  P0: {
    where: "inside the transaction that orders, before its commit",
    left: { orders: 0, posts: 0 },
  },
  P1: {
    where: "the order is committed, its owner was not told",
    left: { orders: 1, posts: 0 },
  },
  P1b: {
    where: "the submit job is claimed, the line not crossed",
    left: { orders: 1, posts: 0 },
  },
  P2: {
    where: "the line is crossed and committed, nothing was sent",
    left: { orders: 1, posts: 0 },
  },
  P3: {
    where: "fal has answered the one POST, nothing of it is noted",
    left: { posts: 1 },
  },
  P3b: {
    where: "inside the transaction that notes the answer, before its commit",
    left: { posts: 1 },
  },
  P4: {
    where: "the answer is noted and committed",
    left: { posts: 1 },
  },
  P6: {
    where: "inside the transaction that stores the webhook, before its commit",
    left: { posts: 1 },
  },
  P5: {
    where: "the webhook is committed, fal has no 200 yet",
    left: { posts: 1 },
  },
  P7: {
    where: "inside the transaction that ends the order, before its commit",
    left: { posts: 1, ends: 0 },
  },
  P8: {
    where: "the end is committed, its job is not done",
    left: { posts: 1, ends: 1 },
  },
  P9a: {
    where: "the message is noted as under way, Telegram was not called",
    left: { ends: 1, told: 0 },
  },
  P9: {
    where: "Telegram has said OK, nothing of it is noted",
    left: { ends: 1, told: 1 },
  },
} as const satisfies Record<string, Point>;

export type KillPoint = keyof typeof killPoints;

/** The kill points while a webhook is being stored. */
export const storing: readonly KillPoint[] = ["P6", "P5"];

/** The kill points while the owner is being told. */
const telling: readonly KillPoint[] = ["P9a", "P9"];

/** The kill points that an order of a kind reaches. */
export const pointsOf = (kind: KindName): KillPoint[] =>
  namesOf(killPoints).filter((point) => kinds[kind].told > 0 || !telling.includes(point));

/**
 * Telegram has no idempotency key, so a message is sent again if its process dies before it stores Telegram's success.
 */
export const doubling: readonly KillPoint[] = ["P9"];

/**
 * After an attempt whose process died, the message waits this long, because another process may be sending it. Longer
 * than a call to Telegram may take here.
 */
export const messageHeldSeconds = 20;

/** `Object.keys` that keeps what the compiler knows. */
export const namesOf = <Name extends string>(table: Readonly<Record<Name, unknown>>): Name[] =>
  Object.keys(table) as Name[];
