import type { ResultAsync } from "neverthrow";
import type { Notification } from "../domain/notification.ts";
import type { Timestamp } from "../domain/timestamp.ts";

/** How sending ended. */
export type NotifierOutcome =
  | { readonly type: "sent"; readonly messageId?: string | undefined }
  /** Asked to wait; does not count as an attempt. */
  | { readonly type: "retry-at"; readonly at: Timestamp }
  /** The owner cannot be reached, e.g. has blocked the bot. */
  | { readonly type: "unreachable" }
  /** The message itself was refused; sending it again changes nothing. */
  | { readonly type: "rejected"; readonly detail: string };

/** Nothing is known about the attempt, or it surely failed: network, 5xx. */
export interface NotifierFailure {
  readonly type: "notifier-failure";
  readonly detail: string;
}

/** Tells the owner something. Run `describeNotifier` of `@likeness/testing` against yours. */
export interface Notifier {
  send(notification: Notification): ResultAsync<NotifierOutcome, NotifierFailure>;
}
