import type { FailureReason } from "./failure-reason.ts";
import type { ModelCopy } from "./model.ts";
import type { Timestamp } from "./timestamp.ts";

/** What the owner is told. The texts belong to the face (Telegram, web), the facts to us. */
export type NotificationContent =
  /** `model`: whether there is a copy of our own, as it is when the message is sent; not stored. */
  | { readonly template: "training-ready"; readonly model?: ModelCopy | undefined }
  /** The owner was told that the avatar is ready, and now its weights are given up: no copy of our own will come. */
  | { readonly template: "model-unsaved" }
  /** `stillReady`: the avatar was trained again, and the model from before serves as it did. */
  | { readonly template: "training-failed"; readonly reason: FailureReason; readonly stillReady?: true | undefined }
  /** The provider did not confirm the order; it is being checked and nothing is charged twice. */
  | { readonly template: "training-unconfirmed" };

export type NotificationTemplate = NotificationContent["template"];

export type NotificationState =
  | { readonly status: "pending" }
  /** An attempt is under way, or died with its process. */
  | { readonly status: "sending" }
  /** `messageId`: the notifier's own name of the message. */
  | { readonly status: "sent"; readonly sentAt: Timestamp; readonly messageId?: string | undefined }
  /** The owner cannot be reached, e.g. has blocked the bot. */
  | { readonly status: "undeliverable" }
  /** Given up. */
  | { readonly status: "dead"; readonly detail: string };

/** A message stored in the transaction of what it tells about. */
export interface Notification {
  readonly id: string;
  /** `<training id>:<outcome>`: the same outcome is told once. */
  readonly dedupeKey: string;
  readonly ownerId: string;
  readonly avatarId: string;
  readonly avatarName: string;
  readonly trainingId: string;
  readonly content: NotificationContent;
  readonly state: NotificationState;
  /** Attempts that reached, or may have reached, the notifier, since it was stored or sent again. */
  readonly attempts: number;
  /** Not before. */
  readonly dueAt: Timestamp;
  readonly createdAt: Timestamp;
  readonly version: number;
}
