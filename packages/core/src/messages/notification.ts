import type { ModelCopy } from "../trainings/model.ts";
import type { FailureReason } from "../orders/failure-reason.ts";
import type { Timestamp } from "../values/timestamp.ts";

/** What the owner is told. The core stores the facts; the channel (Telegram, web) has the texts. */
export type NotificationContent =
  /** `model`: the state of our copy, read when the message is sent and not stored. */
  | {
      readonly template: "training-ready";
      readonly model?: ModelCopy | undefined;
      /** The first pictures of the avatar, if they were there when the message was sent. */
      readonly pictureIds?: readonly string[] | undefined;
    }
  /**
   * After the owner was told that the avatar is ready, copying its weights was given up: there will be no copy of ours.
   */
  | { readonly template: "model-unsaved" }
  /** `stillReady`: the avatar had a model before this order, and keeps it. */
  | { readonly template: "training-failed"; readonly reason: FailureReason; readonly stillReady?: true | undefined }
  /** The provider did not confirm the order. We are asking it, and nothing is charged twice. */
  | { readonly template: "training-unconfirmed" }
  /** Every picture of a set has ended. */
  | ({ readonly template: "images-done" } & EndedSet)
  /** Nobody has seen the owner for long: everything of theirs will be erased then, unless they come back. */
  | { readonly template: "owner-leaving"; readonly erasedAt: Timestamp }
  /** The first pictures of a new avatar, which came after its `training-ready` was sent. */
  | { readonly template: "first-look"; readonly pictureIds: readonly string[] };

/** What has become of the pictures of a set. */
export interface EndedSet {
  readonly setId: string;
  /** Those that can be shown, in their order. */
  readonly pictureIds: readonly string[];
  readonly blocked: number;
  readonly failed: number;
  /** Pictures have a price here, so it is worth saying that these cost nothing. */
  readonly priced?: true | undefined;
  /** Why none can be shown, if all failed for the same reason. */
  readonly reason?: FailureReason | undefined;
}

export type NotificationTemplate = NotificationContent["template"];

export type NotificationState =
  | { readonly status: "pending" }
  /** An attempt is under way, or its process died during it. */
  | { readonly status: "sending" }
  /** `messageId`: the notifier's own id of the message. */
  | { readonly status: "sent"; readonly sentAt: Timestamp; readonly messageId?: string | undefined }
  /** The owner cannot be reached, e.g. has blocked the bot. */
  | { readonly status: "undeliverable" }
  /** Given up. */
  | { readonly status: "dead"; readonly detail: string };

/** A message to the owner, stored in the transaction that writes what it tells about. */
export interface Notification {
  readonly id: string;
  /** `<order id>:<outcome>`: the same outcome is told once. */
  readonly dedupeKey: string;
  readonly ownerId: string;
  readonly avatarId: string;
  readonly avatarName: string;
  readonly orderId: string;
  readonly content: NotificationContent;
  readonly state: NotificationState;
  /** Attempts that reached, or may have reached, the notifier since the message was stored or resent. */
  readonly attempts: number;
  /** The earliest time of the next attempt. */
  readonly dueAt: Timestamp;
  readonly createdAt: Timestamp;
  readonly version: number;
}
