/** The store, or the queue, of this deployment does not answer what operators ask. */
export interface OperatorUnavailable {
  readonly type: "operator-unavailable";
  readonly detail: string;
}

/** A cursor that no answer of ours had. */
export interface InvalidCursor {
  readonly type: "invalid-cursor";
}

/** The days are none, are in the wrong order, or are too many. */
export interface InvalidPeriod {
  readonly type: "invalid-period";
  readonly detail: string;
}

/** There is no such message; it may have been erased with its avatar. */
export interface MessageNotFound {
  readonly type: "message-not-found";
  readonly messageId: string;
}

/** It tells what is no longer true, so it is not sent. */
export interface MessageOvertaken {
  readonly type: "message-overtaken";
  readonly messageId: string;
}

/** There is no such job; it may have ended since. */
export interface JobNotFound {
  readonly type: "job-not-found";
  readonly jobId: string;
}

/** Nothing is sold in this deployment. */
export interface NothingSold {
  readonly type: "nothing-sold";
}

/** There is no such row, or it is not among those that need a person. */
export interface NothingToDismiss {
  readonly type: "nothing-to-dismiss";
}

/** The order was erased with its owner or avatar. */
export interface OrderErased {
  readonly type: "order-erased";
  readonly orderId: string;
  readonly erasedAt: string;
}

/** No account is learned from the webhooks of this provider: the host names it, or there are none. */
export interface AccountNotLearned {
  readonly type: "account-not-learned";
  readonly provider: string;
}

/** An account is 1 to 200 characters on one line. */
export interface InvalidAccount {
  readonly type: "invalid-account";
}

/** The id of a receipt that a caller chooses is a UUIDv7. */
export interface InvalidReceiptId {
  readonly type: "invalid-receipt-id";
}
