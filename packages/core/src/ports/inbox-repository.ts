import type { ResultAsync } from "neverthrow";
import type { InboxDelivery, InboxOutcome } from "../domain/inbox-delivery.ts";
import type { Timestamp } from "../domain/timestamp.ts";
import type { StorageFailure } from "./storage-errors.ts";

export interface InboxRepository {
  /** Stores a delivery; `known` when one with the same source, request id and digest is there already. */
  insert(delivery: InboxDelivery): ResultAsync<"new" | "known", StorageFailure>;
  find(id: string): ResultAsync<InboxDelivery | undefined, StorageFailure>;
  /** Notes the outcome, once: an outcome that is there already stays. */
  settle(id: string, outcome: InboxOutcome, at: Timestamp): ResultAsync<void, StorageFailure>;
  /** Deliveries without an outcome that came before a moment, oldest first. */
  unsettledBefore(moment: Timestamp, limit: number): ResultAsync<InboxDelivery[], StorageFailure>;
  /** Deletes deliveries settled before a moment. */
  purge(settledBefore: Timestamp): ResultAsync<void, StorageFailure>;
}
