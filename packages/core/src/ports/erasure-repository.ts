import type { ResultAsync } from "neverthrow";
import type { Erasure } from "../owners/erasure/erasure.ts";
import type { Timestamp } from "../values/timestamp.ts";
import type { SaveError, StorageFailure } from "./storage-errors.ts";

/** An order that was erased, remembered for a while, so that what comes about it later is recognised. Names nobody. */
export interface ErasedOrder {
  readonly orderId: string;
  readonly endpoint: string;
  /** A digest of the provider's id of its request, if that was known. */
  readonly requestId?: string | undefined;
  readonly erasedAt: Timestamp;
}

export interface ErasureRepository {
  find(id: string): ResultAsync<Erasure | undefined, StorageFailure>;
  /** Inserts at version 0, otherwise replaces exactly the version it was read at. Returns it with the new version. */
  save(erasure: Erasure): ResultAsync<Erasure, SaveError>;
  /** Erasures under way whose `nextCheckAt` lies before a moment, the longest overdue first. */
  dueBefore(moment: Timestamp, limit: number): ResultAsync<Erasure[], StorageFailure>;
  /** Remembers that an order was erased; one that is remembered already gets the newer facts. */
  noteOrder(order: ErasedOrder): ResultAsync<void, StorageFailure>;
  findOrder(orderId: string): ResultAsync<ErasedOrder | undefined, StorageFailure>;
  /** Those of these orders that are remembered, in any order. */
  findOrders(orderIds: readonly string[]): ResultAsync<ErasedOrder[], StorageFailure>;
  /** Forgets orders that were erased before a moment. */
  purgeOrders(erasedBefore: Timestamp): ResultAsync<void, StorageFailure>;
}
