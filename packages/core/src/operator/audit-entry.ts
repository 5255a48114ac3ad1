import type { Timestamp } from "../values/timestamp.ts";

/** What an action was about: an id that names nobody. */
export interface AuditSubject {
  /**
   * `erasure`: the receipt of an owner who was erased, who is named nowhere · `entry`: the reference of an entry of the
   * ledger.
   */
  readonly type:
    "order" | "delivery" | "message" | "job" | "payment" | "photo" | "picture" | "erasure" | "entry" | "deployment";
  readonly id: string;
}

/** What operators do. */
export const operatorActions = [
  "look",
  "cancel",
  "adopt",
  "copy-again",
  "send-again",
  "refund",
  "revive",
  "dismiss",
  "erase-owner",
  "open-photo",
  "open-picture",
  "paid-work-on",
  "paid-work-off",
  "adjust-credits",
  "trust-account",
  "forget-account",
  "end-unsubmitted",
] as const;

export type OperatorAction = (typeof operatorActions)[number];

/** One action of an operator. */
export interface AuditEntry {
  readonly id: string;
  /** The operator's name, as the host knows it. */
  readonly operator: string;
  readonly action: OperatorAction;
  readonly subject: AuditSubject;
  readonly at: Timestamp;
  /**
   * The type of what came of it, e.g. `adopted` or `superseded`; absent: it is under way, or its process ended before it was
   * stored.
   */
  readonly outcome?: string | undefined;
  readonly endedAt?: Timestamp | undefined;
}

/** Which entries are listed; without a subject all. */
export interface AuditFilter {
  readonly subject?: AuditSubject | undefined;
}
