import type { ResultAsync } from "neverthrow";
import type { Timestamp } from "../values/timestamp.ts";
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
}
