import type { ResultAsync } from "neverthrow";
import type { Timestamp } from "../values/timestamp.ts";
import type { InboxDelivery, InboxOutcome } from "../webhooks/inbox-delivery.ts";
import type { StorageFailure } from "./storage-errors.ts";

export interface InboxRepository {
  /** Stores a delivery; `known` when one with the same source, request id and digest is stored already. */
  insert(delivery: InboxDelivery): ResultAsync<"new" | "known", StorageFailure>;
  /** Stores several, as `insert` does each, and answers them in their order. */
  insertMany(deliveries: readonly InboxDelivery[]): ResultAsync<("new" | "known")[], StorageFailure>;
  find(id: string): ResultAsync<InboxDelivery | undefined, StorageFailure>;
  /**
   * Sets the outcome, unless there is one already. Headers and body are emptied (`{}` and no bytes), because nothing
   * reads them after this, and they hold people's names, texts and file addresses.
   */
  settle(id: string, outcome: InboxOutcome, at: Timestamp): ResultAsync<void, StorageFailure>;
  /** Succeeds if there is no such delivery. */
  delete(id: string): ResultAsync<void, StorageFailure>;
  /** How many deliveries about an order were stored unverified and have no outcome yet. */
  countUnverified(orderId: string): ResultAsync<number, StorageFailure>;
  /** Deliveries without an outcome that arrived before a moment, oldest first. */
  unsettledBefore(moment: Timestamp, limit: number): ResultAsync<InboxDelivery[], StorageFailure>;
  /** Deliveries of an owner that have no outcome and arrived since a moment, oldest first. */
  unsettledOf(ownerId: string, since: Timestamp, limit: number): ResultAsync<InboxDelivery[], StorageFailure>;
  /**
   * Empties all deliveries of an owner, settles those without an outcome as `erased`, and forgets whose they were. The
   * rest of each row stays, so that a repeated delivery is still known.
   */
  eraseOwner(ownerId: string, at: Timestamp): ResultAsync<void, StorageFailure>;
  /** Deletes deliveries settled before a moment. */
  purge(settledBefore: Timestamp): ResultAsync<void, StorageFailure>;
}
