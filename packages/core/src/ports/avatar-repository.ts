import type { ResultAsync } from "neverthrow";
import type { Avatar } from "../domain/avatar.ts";
import type { SaveError, StorageFailure } from "./storage-errors.ts";

export interface AvatarRepository {
  find(id: string): ResultAsync<Avatar | undefined, StorageFailure>;
  /**
   * Reads an avatar and keeps other transactions from holding or writing it until this one ends. Whoever reads, decides
   * and writes several rows of an avatar holds it first; two that do so run one after the other. It leaves `version` as it is.
   */
  hold(id: string): ResultAsync<Avatar | undefined, StorageFailure>;
  /** Inserts at version 0, otherwise replaces exactly the version it was read at. Returns it with the new version. */
  save(avatar: Avatar): ResultAsync<Avatar, SaveError>;
  /** Oldest first. */
  listByOwner(ownerId: string): ResultAsync<Avatar[], StorageFailure>;
  /**
   * Makes it the owner's main avatar, and the one that was no longer; both get a new version. Does nothing for an avatar
   * of another owner. Of two at once one may be refused by the rule `avatar-main`.
   */
  setMain(ownerId: string, id: string): ResultAsync<void, SaveError>;
  /** Deletes it with its photos, trainings, deliveries about these, and notifications. Deleting what is not there is fine. */
  delete(id: string): ResultAsync<void, StorageFailure>;
}
