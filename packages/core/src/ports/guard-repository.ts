import type { ResultAsync } from "neverthrow";
import type { Timestamp } from "../values/timestamp.ts";
import type { PlacedCount } from "./order-repository.ts";
import type { StorageFailure } from "./storage-errors.ts";

/** The operator's switch, as it was last set. */
export interface PaidWorkSwitch {
  readonly state: "on" | "off";
  readonly switchedAt: Timestamp;
}

export interface Spending {
  /** A day in UTC, e.g. `2026-11-30`. */
  readonly day: string;
  /** Hundredths of a US cent; a whole number. */
  readonly amount: number;
  /** What the day may have in all, in the same unit; below 2³¹. */
  readonly cap: number;
}

/** What an erased order, or set, counts for the limits of its owner, who is known by a digest only. */
export interface ErasedCount {
  /** Id of the set or order. */
  readonly id: string;
  /** Hex SHA-256 of the owner's id. */
  readonly ownerDigest: string;
  readonly placedAt: Timestamp;
  /** Until when the provider may still work for it; absent: it does not. */
  readonly activeUntil?: Timestamp | undefined;
  /** When it counts no longer. */
  readonly keepUntil: Timestamp;
}

export interface GuardRepository {
  /**
   * Locks an owner against other transactions that hold the same one, until this transaction ends. Stores nothing. A
   * transaction that holds an avatar too holds that first.
   */
  holdOwner(ownerId: string): ResultAsync<void, StorageFailure>;
  /** Adds to what was spent on a day, in one statement, unless the day would exceed the cap. */
  spend(spending: Spending): ResultAsync<"spent" | "beyond-cap", StorageFailure>;
  /** In hundredths of a US cent. */
  spentOn(day: string): ResultAsync<number, StorageFailure>;
  /** `undefined`: it was never switched. */
  paidWork(): ResultAsync<PaidWorkSwitch | undefined, StorageFailure>;
  switchPaidWork(to: PaidWorkSwitch): ResultAsync<void, StorageFailure>;
  /** One that is noted already stays as it is. */
  noteErased(count: ErasedCount): ResultAsync<void, StorageFailure>;
  /** How many were placed at a moment or after it, and how many are active until after another. */
  countErased(
    ownerDigest: string,
    moments: { readonly placedSince: Timestamp; readonly activeAfter: Timestamp },
  ): ResultAsync<PlacedCount, StorageFailure>;
  /** Forgets what is to be kept until before a moment. */
  purgeErased(moment: Timestamp): ResultAsync<void, StorageFailure>;
}
