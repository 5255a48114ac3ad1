import type { ResultAsync } from "neverthrow";
import type { Generation } from "../domain/generation.ts";
import type { Timestamp } from "../domain/timestamp.ts";
import type { SaveError, StorageFailure } from "./storage-errors.ts";

export interface GenerationRepository {
  find(id: string): ResultAsync<Generation | undefined, StorageFailure>;
  findByIdempotencyKey(key: string): ResultAsync<Generation | undefined, StorageFailure>;
  /** Newest first. */
  listByAvatar(avatarId: string): ResultAsync<Generation[], StorageFailure>;
  /** Inserts at version 0, otherwise replaces exactly the version it was read at. Returns it with the new version. */
  save(generation: Generation): ResultAsync<Generation, SaveError>;
  /** Generations whose `nextCheckAt` lies before a moment, the longest overdue first. */
  dueBefore(moment: Timestamp, limit: number): ResultAsync<Generation[], StorageFailure>;
}
