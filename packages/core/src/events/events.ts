import type { InboxOutcome } from "../webhooks/inbox-delivery.ts";
import type { NotificationTemplate } from "../messages/notification.ts";
import type { NotifierOutcome } from "../ports/notifier.ts";
import type { OrderStatus } from "../orders/order.ts";

/** How a piece of work ended. Absent while it is under way. */
interface Ended<Outcome extends string> {
  readonly outcome?: Outcome | undefined;
  /** Whether the work itself ended with an error, e.g. the provider could not be reached. */
  readonly failed?: boolean | undefined;
  readonly milliseconds?: number | undefined;
}

/** Whose order it is, and which. */
export interface OrderIds {
  readonly orderId: string;
  /** `training`, `image`, … */
  readonly orderKind: string;
  readonly avatarId: string;
  readonly ownerId: string;
  /** By which the provider knows it. */
  readonly requestId?: string | undefined;
}

/** An order has changed, and the change is committed. */
export interface OrderChanged extends OrderIds {
  /** Absent for a new order. */
  readonly before?: OrderStatus | undefined;
  readonly status: OrderStatus;
  /** Why it failed. */
  readonly reason?: string | undefined;
  /** What changed without a new status: its picture is not shown, a result came late, its files are not copied. */
  readonly note?: "blocked" | "late-result" | "not-copied" | undefined;
}

/** A job that runs. `threw`: a defect in its handler. */
export interface JobRun extends Ended<"done" | "again" | "failed" | "failed for good" | "threw"> {
  readonly kind: string;
  readonly key: string;
  /** 1 for the first. */
  readonly attempt: number;
  readonly orderId?: string | undefined;
  readonly photoId?: string | undefined;
  readonly deliveryId?: string | undefined;
  readonly notificationId?: string | undefined;
  readonly erasureId?: string | undefined;
}

/** A call of the provider. The outcome: what it found, e.g. `running`; `ok`; or the type of its error. */
export interface ProviderCall extends Ended<string> {
  readonly provider: string;
  readonly method: "prepare" | "submit" | "look" | "cancel" | "find" | "erase";
  readonly orderId: string;
  readonly orderKind?: string | undefined;
  readonly avatarId?: string | undefined;
  readonly ownerId?: string | undefined;
  readonly requestId?: string | undefined;
}

/** A webhook about an order that is received, or was settled; a settled one takes no time. */
export interface DeliveryHandled extends Ended<
  "new" | "known" | "webhook-rejected" | "webhook-deferred" | "storage-failure" | "threw" | InboxOutcome
> {
  readonly step: "receive" | "settle";
  readonly orderId: string;
  readonly deliveryId?: string | undefined;
  /** Name of the provider. */
  readonly source?: string | undefined;
}

/** An attempt to send a message to an owner. */
export interface MessageAttempt extends Ended<NotifierOutcome["type"] | "notifier-failure" | "threw"> {
  readonly notificationId: string;
  readonly template: NotificationTemplate;
  /** 1 for the first. */
  readonly attempt: number;
  readonly orderId: string;
  readonly avatarId: string;
  readonly ownerId: string;
}

/**
 * What is published, by the name of the channel without `likeness:`. Ids, kinds, outcomes and times: never texts, names,
 * tokens, addresses of files or bytes.
 */
export interface LikenessEvents {
  readonly order: OrderChanged;
  readonly job: JobRun;
  readonly provider: ProviderCall;
  readonly delivery: DeliveryHandled;
  readonly message: MessageAttempt;
}
