import type {
  AvatarState,
  FailureReason,
  Likeness,
  ModelCopy,
  NotificationContent,
  Order,
  OrderStatus,
  Outcome,
  Ports,
  Prepared,
} from "@likeness/core";
import type { ResultAsync } from "neverthrow";

interface Tagged {
  readonly type: string;
}

/** What placing and cancelling an order needs of a stage. */
interface Host {
  readonly likeness: Likeness;
  readonly ports: Ports;
}

interface Placing {
  readonly avatarId: string;
  /** The same key is the same order; another one at every call by default. */
  readonly key?: string | undefined;
}

/** A kind of order as the scenarios play it: how one is placed, and what comes of it. */
export interface TestedKind {
  readonly name: string;
  /** How many accepted photos its avatar needs. */
  readonly photos: number;
  /** How often something is prepared for one order. */
  readonly preparations: number;
  /** When an accepted order is given up, with the times of the stage. */
  readonly deadlineSeconds: number;
  /** The files of its outcome. */
  readonly mainFile: string;
  readonly otherFile: string;
  /** What a finished order yields: both files, still at the provider, at addresses of their own. */
  outcome(): Outcome;
  /** What its owner is told, in their order. */
  readonly told: {
    readonly unconfirmed: readonly NotificationContent[];
    succeeded(copy: ModelCopy): readonly NotificationContent[];
    failed(reason: FailureReason): readonly NotificationContent[];
    readonly unsaved: readonly NotificationContent[];
  };
  /** What becomes of a new avatar whose order has ended so. */
  readonly avatar: {
    succeeded(orderId: string): AvatarState;
    failed(orderId: string, reason: FailureReason): AvatarState;
    readonly cancelled: AvatarState;
    /** Whether it becomes the main one of its owner with a success. */
    readonly becomesMain: boolean;
  };
  place(host: Host, placing: Placing): ResultAsync<Order, Tagged>;
  /** Cancels an order as its owner does. */
  cancel(host: Host, order: Order): ResultAsync<"cancelled" | "too-late", Tagged>;
  /** The answer when an order that has ended is cancelled. */
  nothingToCancel(order: Order): object;
  /** What the fake provider has prepared for an order. */
  prepared(orderId: string): Prepared;
  /** An order that reached a status, as a row. */
  stored(status: OrderStatus, overrides: StoredOrder): Order;
}

type StoredOrder = Pick<Order, "avatarId" | "nextCheckAt">;

/** What an order yields that makes its main file only. */
export const mainAlone = (kind: TestedKind): Outcome => ({ [kind.mainFile]: kind.outcome()[kind.mainFile] });

/** The address of a file in an outcome. */
export function urlIn(outcome: Outcome, file: string): string {
  const url = outcome[file]?.url;
  if (url === undefined) throw new Error(`the outcome has no ${file}`);
  return url;
}
