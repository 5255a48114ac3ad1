import type { ResultAsync } from "neverthrow";
import type { Order } from "../orders/order.ts";
import type { Timestamp } from "../values/timestamp.ts";
import type { SaveError, StorageFailure } from "./storage-errors.ts";

/** How many orders of an owner count for the limits. A set of pictures is one. */
export interface PlacedCount {
  readonly active: number;
  readonly placed: number;
}

export interface OrderRepository {
  find(id: string): ResultAsync<Order | undefined, StorageFailure>;
  /**
   * `avatars.hold` for the avatar of an order, and then `find` for the order, in fewer statements. Absent: the order is
   * found before its avatar is held, and once more after that.
   */
  readonly hold?: ((id: string) => ResultAsync<Order | undefined, StorageFailure>) | undefined;
  findByIdempotencyKey(key: string): ResultAsync<Order | undefined, StorageFailure>;
  /** Newest first; of one kind, where it is named. */
  listByAvatar(avatarId: string, kind?: string): ResultAsync<Order[], StorageFailure>;
  /** The orders that were placed together, also those placed again, oldest first. */
  listBySet(setId: string): ResultAsync<Order[], StorageFailure>;
  /**
   * How many orders of an owner are under way, and how many were placed since a moment, those that are not counted left
   * out. A set is one: it is placed with its first order, whose id it has.
   */
  countPlaced(ownerId: string, since: Timestamp): ResultAsync<PlacedCount, StorageFailure>;
  /**
   * Inserts at version 0, otherwise replaces exactly the version it was read at. Returns it with the new version. A blob
   * that the outcome no longer names is no longer used. The kind, set, avatar, owner, key and creation
   * time of an order never change.
   */
  save(order: Order): ResultAsync<Order, SaveError>;
  /** Orders whose `nextCheckAt` lies before a moment, the longest overdue first. */
  dueBefore(moment: Timestamp, limit: number): ResultAsync<Order[], StorageFailure>;
  /** Orders that ended without success before a moment and have a late result, the newest first; of one kind, where it is named. */
  lateBefore(moment: Timestamp, limit: number, kind?: string): ResultAsync<Order[], StorageFailure>;
  /**
   * Orders that ended before a moment with a file that may be copied and is not in our own blob store, newest first; of one
   * kind, where it is named.
   */
  uncopiedBefore(moment: Timestamp, limit: number, kind?: string): ResultAsync<Order[], StorageFailure>;
  /** Whether the manifest of an order under way, or an outcome, of any avatar still needs the blob with this key. */
  usesBlob(key: string): ResultAsync<boolean, StorageFailure>;
}
