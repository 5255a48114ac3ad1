import { isImageOrder } from "../images/image-order.ts";
import type { Notification, NotificationState, NotificationTemplate } from "../messages/notification.ts";
import type { FailureReason } from "../orders/failure-reason.ts";
import { outcomeIn, requestOf, type Order, type OrderStatus } from "../orders/order.ts";
import { isStored } from "../orders/outcome.ts";
import type { Payment, PaymentState } from "../purchases/payment.ts";
import { isTraining } from "../trainings/training.ts";
import type { Timestamp } from "../values/timestamp.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import type { InboxDelivery, InboxOutcome } from "../webhooks/inbox-delivery.ts";

// What operators see: ids, times, numbers and codes. No bytes, no words of people, no addresses of files, no names.

/** An order as an operator sees it. JSON. */
export interface OrderView {
  readonly id: string;
  readonly kind: string;
  readonly status: OrderStatus;
  readonly setId?: string | undefined;
  readonly avatarId: string;
  readonly ownerId: string;
  readonly provider: string;
  readonly endpoint: string;
  /** Of a training, e.g. `fast`. */
  readonly preset?: string | undefined;
  /** The provider's id of the request. */
  readonly requestId?: string | undefined;
  readonly placedAt: Timestamp;
  /** When the one POST began, while it is not confirmed. */
  readonly postedAt?: Timestamp | undefined;
  readonly submittedAt?: Timestamp | undefined;
  readonly finishedAt?: Timestamp | undefined;
  /** Percent, while it runs and the provider tells. */
  readonly percent?: number | undefined;
  /** Seconds that it ran, as the provider measured them. */
  readonly ranSeconds?: number | undefined;
  readonly reason?: FailureReason | undefined;
  /** What the provider said; absent where it may repeat a person's words. At most 500 characters. */
  readonly detail?: string | undefined;
  /** A result came after it had ended. */
  readonly late?: true | undefined;
  /** Whether all files that may be copied are in our own blob store; absent while there is no result. */
  readonly copied?: boolean | undefined;
  /** When the next look at it is due; absent: no work is left. */
  readonly nextCheckAt?: Timestamp | undefined;
  readonly deadlineAt?: Timestamp | undefined;
}

export function orderView(order: Order): OrderView {
  const { state, snapshot } = order;
  const outcome = outcomeIn(state);
  const saysWords = isImageOrder(order);
  return {
    id: order.id,
    kind: order.kind,
    status: state.status,
    avatarId: order.avatarId,
    ownerId: order.ownerId,
    provider: order.provider,
    endpoint: snapshot.endpoint,
    placedAt: order.createdAt,
    ...withoutUndefined({
      setId: order.setId,
      preset: isTraining(order) ? order.snapshot.preset : undefined,
      requestId: requestOf(order)?.requestId,
      postedAt: "submitStartedAt" in state ? state.submitStartedAt : undefined,
      submittedAt: "submittedAt" in state ? state.submittedAt : undefined,
      finishedAt: "finishedAt" in state ? state.finishedAt : undefined,
      percent: state.status === "submitted" ? state.progress.percent : undefined,
      ranSeconds: state.status === "succeeded" ? state.ranSeconds : undefined,
      reason: state.status === "failed" ? state.reason : undefined,
      detail: state.status === "failed" && !saysWords ? state.detail : undefined,
      late: "lateOutcome" in state && state.lateOutcome !== undefined ? (true as const) : undefined,
      copied: outcome && isStored(outcome),
      nextCheckAt: order.nextCheckAt,
      deadlineAt: order.deadlineAt,
    }),
  };
}

/** A delivery as an operator sees it. JSON. */
export interface DeliveryView {
  readonly id: string;
  readonly source: string;
  /** The provider's or the channel's own id of what it is about. */
  readonly requestId: string;
  readonly orderId?: string | undefined;
  readonly ownerId?: string | undefined;
  readonly receivedAt: Timestamp;
  readonly verified: boolean;
  readonly outcome?: InboxOutcome | undefined;
  readonly settledAt?: Timestamp | undefined;
}

export const deliveryView = (delivery: InboxDelivery): DeliveryView => ({
  id: delivery.id,
  source: delivery.source,
  requestId: delivery.requestId,
  receivedAt: delivery.receivedAt,
  verified: delivery.verified,
  ...withoutUndefined({
    orderId: delivery.orderId,
    ownerId: delivery.ownerId,
    outcome: delivery.outcome,
    settledAt: delivery.settledAt,
  }),
});

/** A message to an owner as an operator sees it, without its text. JSON. */
export interface MessageView {
  readonly id: string;
  readonly template: NotificationTemplate;
  readonly status: NotificationState["status"];
  readonly orderId: string;
  readonly avatarId: string;
  readonly ownerId: string;
  readonly attempts: number;
  readonly storedAt: Timestamp;
  /** The earliest time of the next attempt, while one is left. */
  readonly dueAt?: Timestamp | undefined;
  readonly sentAt?: Timestamp | undefined;
  /** Why it was given up. At most 500 characters. */
  readonly detail?: string | undefined;
}

export const messageView = ({ state, ...message }: Notification): MessageView => ({
  id: message.id,
  template: message.content.template,
  status: state.status,
  orderId: message.orderId,
  avatarId: message.avatarId,
  ownerId: message.ownerId,
  attempts: message.attempts,
  storedAt: message.createdAt,
  ...withoutUndefined({
    dueAt: state.status === "pending" || state.status === "sending" ? message.dueAt : undefined,
    sentAt: state.status === "sent" ? state.sentAt : undefined,
    detail: state.status === "dead" ? state.detail : undefined,
  }),
});

/** A payment as an operator sees it. JSON. */
export interface PaymentView {
  readonly chargeId: string;
  readonly ownerId: string;
  readonly state: PaymentState;
  /** In the smallest unit of the currency. */
  readonly amount: number;
  readonly currency: string;
  readonly credits: number;
  readonly paidAt: Timestamp;
  readonly refundAskedAt?: Timestamp | undefined;
  readonly refundOrderedAt?: Timestamp | undefined;
  readonly refundedAt?: Timestamp | undefined;
}

export const paymentView = (payment: Payment): PaymentView => ({
  chargeId: payment.chargeId,
  ownerId: payment.ownerId,
  state: payment.state,
  amount: payment.amount,
  currency: payment.currency,
  credits: payment.credits,
  paidAt: payment.paidAt,
  ...withoutUndefined({
    refundAskedAt: payment.refundAskedAt,
    refundOrderedAt: payment.refundOrderedAt,
    refundedAt: payment.refundedAt,
  }),
});

/** Credits that are reserved although nothing uses them. JSON. */
export interface HoldView {
  readonly orderId: string;
  /** What the sweeper does with it as soon as the ledger lets it. */
  readonly settles: "capture" | "release";
}
