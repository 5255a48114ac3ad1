import type { ResultAsync } from "neverthrow";
import type { Avatar } from "../avatars/avatar.ts";
import type { SaveError, StorageFailure } from "./storage-errors.ts";

export interface AvatarRepository {
  find(id: string): ResultAsync<Avatar | undefined, StorageFailure>;
  /**
   * Reads an avatar and locks it against other transactions that hold or write it, until this transaction ends. A
   * transaction that reads several rows of an avatar and then writes holds it first, so that two of them run one after
   * the other. Does not change `version`.
   */
  hold(id: string): ResultAsync<Avatar | undefined, StorageFailure>;
  /** Inserts at version 0, otherwise replaces exactly the version it was read at. Returns it with the new version. */
  save(avatar: Avatar): ResultAsync<Avatar, SaveError>;
  /** Oldest first. */
  listByOwner(ownerId: string): ResultAsync<Avatar[], StorageFailure>;
  /**
   * Makes it the owner's main avatar instead of the previous one; both get a new version. Does nothing for an avatar of
   * another owner. When two transactions do this at once, one may be refused by the rule `avatar-main`.
   */
  setMain(ownerId: string, id: string): ResultAsync<void, SaveError>;
  /**
   * Deletes it with its photos, orders, pictures, their deliveries, and notifications. Succeeds if there is no such avatar.
   */
  delete(id: string): ResultAsync<void, StorageFailure>;
}
