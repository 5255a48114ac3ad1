import type { ResultAsync } from "neverthrow";
import type { Consent } from "../owners/consent.ts";
import type { Timestamp } from "../values/timestamp.ts";
import type { StorageFailure } from "./storage-errors.ts";

/** Consents are never changed but for their withdrawal: they are proof. */
export interface ConsentRepository {
  /** Stores a consent; `known` when the owner has one to the same version and text that is not withdrawn. */
  insert(consent: Consent): ResultAsync<"new" | "known", StorageFailure>;
  /**
   * An owner's consents that are not withdrawn, newest first, locked until this transaction ends: a withdrawal at the
   * same time waits for it, or has been seen by it.
   */
  hold(ownerId: string): ResultAsync<Consent[], StorageFailure>;
  /** All consents of an owner, newest first. */
  listByOwner(ownerId: string): ResultAsync<Consent[], StorageFailure>;
  /** Notes a withdrawal of all consents of an owner that are not withdrawn. Returns how many there were. */
  withdraw(ownerId: string, at: Timestamp): ResultAsync<number, StorageFailure>;
  /** Deletes all consents of an owner. Succeeds if there are none. */
  eraseOwner(ownerId: string): ResultAsync<void, StorageFailure>;
}
