import type { ResultAsync } from "neverthrow";
import type { Owner } from "../owners/owner.ts";
import type { Timestamp } from "../values/timestamp.ts";
import type { SaveError, StorageFailure } from "./storage-errors.ts";

export interface OwnerRepository {
  find(id: string): ResultAsync<Owner | undefined, StorageFailure>;
  /** Reads an owner and locks it against other transactions that hold or write it, until this transaction ends. */
  hold(id: string): ResultAsync<Owner | undefined, StorageFailure>;
  /** Inserts at version 0, otherwise replaces exactly the version it was read at. Returns it with the new version. */
  save(owner: Owner): ResultAsync<Owner, SaveError>;
  /** Owners last seen before a moment, the longest silent first; the next page begins after the last one of this. */
  silentBefore(
    moment: Timestamp,
    limit: number,
    after?: Pick<Owner, "id" | "lastSeenAt">,
  ): ResultAsync<Owner[], StorageFailure>;
  /** Deletes the row of an owner. Succeeds if there is none. */
  eraseOwner(ownerId: string): ResultAsync<void, StorageFailure>;
}
