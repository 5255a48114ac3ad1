import type { ResultAsync } from "neverthrow";
import type { InboxDelivery, InboxOutcome } from "../domain/inbox-delivery.ts";
import type { Timestamp } from "../domain/timestamp.ts";
import type { StorageFailure } from "./storage-errors.ts";

export interface InboxRepository {
  /** Stores a delivery; `known` when one with the same source, request id and digest is there already. */
  insert(delivery: InboxDelivery): ResultAsync<"new" | "known", StorageFailure>;
  find(id: string): ResultAsync<InboxDelivery | undefined, StorageFailure>;
  /**
   * Notes the outcome, once: an outcome that is there already stays. Headers and body are let go of (`{}` and no bytes):
   * nobody reads them any more, and they hold people's names, texts and file addresses.
   */
  settle(id: string, outcome: InboxOutcome, at: Timestamp): ResultAsync<void, StorageFailure>;
  /** Deleting what is not there is fine. */
  delete(id: string): ResultAsync<void, StorageFailure>;
  /** How many deliveries about a training were stored unverified and have no outcome yet. */
  countUnverified(trainingId: string): ResultAsync<number, StorageFailure>;
  /** Deliveries without an outcome that came before a moment, oldest first. */
  unsettledBefore(moment: Timestamp, limit: number): ResultAsync<InboxDelivery[], StorageFailure>;
  /** Deletes deliveries settled before a moment. */
  purge(settledBefore: Timestamp): ResultAsync<void, StorageFailure>;
}
