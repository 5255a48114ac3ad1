import type { ResultAsync } from "neverthrow";
import type { Photo } from "../photos/photo.ts";
import type { Timestamp } from "../values/timestamp.ts";
import type { SaveError, StorageFailure } from "./storage-errors.ts";

export interface PhotoRepository {
  find(id: string): ResultAsync<Photo | undefined, StorageFailure>;
  /** In the order of their numbers. */
  listByAvatar(avatarId: string): ResultAsync<Photo[], StorageFailure>;
  /** Inserts at version 0, otherwise replaces exactly the version it was read at. Returns it with the new version. */
  save(photo: Photo): ResultAsync<Photo, SaveError>;
  /** Succeeds if there is no such photo. */
  delete(id: string): ResultAsync<void, StorageFailure>;
  /** Pending photos that arrived before a moment, oldest first. */
  pendingBefore(moment: Timestamp, limit: number): ResultAsync<Photo[], StorageFailure>;
  /**
   * Ids of avatars whose model is from before a moment and that have photos from before it: by the end of the training, and
   * after these, where a late result was adopted, by the last change of the avatar.
   */
  avatarsTrainedBefore(moment: Timestamp, limit: number): ResultAsync<string[], StorageFailure>;
  /** Whether an accepted photo of any avatar still needs the blob with this key. */
  usesBlob(key: string): ResultAsync<boolean, StorageFailure>;
}
