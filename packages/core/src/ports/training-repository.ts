import type { ResultAsync } from "neverthrow";
import type { Training } from "../trainings/training.ts";
import type { Timestamp } from "../values/timestamp.ts";
import type { SaveError, StorageFailure } from "./storage-errors.ts";

export interface TrainingRepository {
  find(id: string): ResultAsync<Training | undefined, StorageFailure>;
  findByIdempotencyKey(key: string): ResultAsync<Training | undefined, StorageFailure>;
  /** Newest first. */
  listByAvatar(avatarId: string): ResultAsync<Training[], StorageFailure>;
  /** Inserts at version 0, otherwise replaces exactly the version it was read at. Returns it with the new version. */
  save(training: Training): ResultAsync<Training, SaveError>;
  /** Trainings whose `nextCheckAt` lies before a moment, the longest overdue first. */
  dueBefore(moment: Timestamp, limit: number): ResultAsync<Training[], StorageFailure>;
  /** Trainings that ended without success before a moment and have a late result, the newest first. */
  lateBefore(moment: Timestamp, limit: number): ResultAsync<Training[], StorageFailure>;
  /** Trainings that ended before a moment with a model that is not completely in our own blob store, newest first. */
  uncopiedBefore(moment: Timestamp, limit: number): ResultAsync<Training[], StorageFailure>;
  /** Whether the manifest of a training under way, or a model, of any avatar still needs the blob with this key. */
  usesBlob(key: string): ResultAsync<boolean, StorageFailure>;
}
