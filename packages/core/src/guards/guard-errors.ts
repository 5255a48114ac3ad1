import type { Timestamp } from "../values/timestamp.ts";

/** The deployment is for other people: its host has listed them. */
export interface NotAllowed {
  readonly type: "not-allowed";
  readonly ownerId: string;
}

/** Nothing new is ordered at present, for anybody. It is not known until when. */
export interface PaidWorkOff {
  readonly type: "paid-work-off";
  /** Who has switched it off: the host's setting, or an operator while the deployment runs. */
  readonly by: "setting" | "operator";
}

/** The owner has as many orders as the policy allows: under way, or since midnight UTC. */
export interface TooManyOrders {
  readonly type: "too-many-orders";
  readonly limit: "at-once" | "per-day";
  readonly maximum: number;
  /** When it is possible again; absent: as soon as one of those under way has ended. */
  readonly retryAt?: Timestamp | undefined;
}

/** All orders of this day together would cost more than the host allows. */
export interface SpendCapReached {
  readonly type: "spend-cap-reached";
  /** The next midnight UTC. */
  readonly retryAt: Timestamp;
}

/** Why nothing is ordered, although the order itself could be placed. */
export type GuardError = NotAllowed | PaidWorkOff | TooManyOrders | SpendCapReached;
