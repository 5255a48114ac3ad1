import type { ResultAsync } from "neverthrow";
import type { Notification } from "../messages/notification.ts";
import type { Timestamp } from "../values/timestamp.ts";

/** The outcome of an attempt to send. */
export type NotifierOutcome =
  | { readonly type: "sent"; readonly messageId?: string | undefined }
  /** The service asked to wait; does not count as an attempt. */
  | { readonly type: "retry-at"; readonly at: Timestamp }
  /** The owner cannot be reached, e.g. has blocked the bot. */
  | { readonly type: "unreachable" }
  /** The message itself was refused; sending it again would be refused again. */
  | { readonly type: "rejected"; readonly detail: string };

/** The attempt failed, or its outcome is unknown: network, 5xx. */
export interface NotifierFailure {
  readonly type: "notifier-failure";
  readonly detail: string;
}

/** Sends messages to owners. Run `describeNotifier` of `@likeness/testing` against yours. */
export interface Notifier {
  send(notification: Notification): ResultAsync<NotifierOutcome, NotifierFailure>;
}
