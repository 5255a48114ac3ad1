import type { ResultAsync } from "neverthrow";
import type { Notification } from "../messages/notification.ts";
import type { Timestamp } from "../values/timestamp.ts";
import type { SaveError, StorageFailure } from "./storage-errors.ts";

export interface OutboxRepository {
  /** Stores a new notification, at version 1; `known` when its dedupe key is stored already. */
  insert(notification: Notification): ResultAsync<"new" | "known", StorageFailure>;
  find(id: string): ResultAsync<Notification | undefined, StorageFailure>;
  findByDedupeKey(dedupeKey: string): ResultAsync<Notification | undefined, StorageFailure>;
  /** Replaces exactly the version it was read at, and never inserts. Returns it with the new version. */
  save(notification: Notification): ResultAsync<Notification, SaveError>;
  /** Pending and sending notifications due before a moment, the longest overdue first. */
  dueBefore(moment: Timestamp, limit: number): ResultAsync<Notification[], StorageFailure>;
  /** Messages that could not reach an owner, oldest first. */
  undeliverable(ownerId: string): ResultAsync<Notification[], StorageFailure>;
}
