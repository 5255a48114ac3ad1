import type { ResultAsync } from "neverthrow";
import type { Timestamp } from "../values/timestamp.ts";
import type { AgeLimits, RowCount, RowPage } from "./operator-repository.ts";
import type { StorageFailure } from "./storage-errors.ts";

/** A job that has not ended well. */
export interface JobRecord {
  /** The queue's own id. */
  readonly id: string;
  readonly kind: string;
  readonly key: string;
  /** `waiting`: also for its next attempt. */
  readonly status: "waiting" | "running" | "dead";
  /** The number of its current or last attempt; 0 before the first one. */
  readonly attempts: number;
  /** The earliest time of its next attempt; of a dead one, when it died. */
  readonly at: Timestamp;
  /** Why its last attempt failed, as far as the queue keeps that. */
  readonly error?: string | undefined;
}

/** What an operator asks a job queue. */
export interface JobRecords {
  /** What a person has to do if the tables of the queue are gone, e.g. `restore a backup`. Absent: to look for them. */
  readonly whenGone?: string | undefined;
  /** Whether the tables of the queue are there: without them nothing is known. Absent: they always are. */
  readonly isThere?: (() => ResultAsync<boolean, StorageFailure>) | undefined;
  /** Jobs that wait, run or are dead, by the time of their next attempt or of their death. */
  count(limits: AgeLimits): ResultAsync<RowCount[], StorageFailure>;
  /** Dead jobs, by the time of their death, newest first. */
  dead(page: RowPage): ResultAsync<JobRecord[], StorageFailure>;
  /** Jobs whose key is one of these, or begins with one of these and a colon; at most so many, in any order. */
  about(keys: readonly string[], limit: number): ResultAsync<JobRecord[], StorageFailure>;
  /**
   * Makes a dead job due, with all of its attempts. `known`: one with its kind and key waits already, or it is not dead.
   * `undefined`: there is no such job.
   */
  revive(id: string): ResultAsync<"revived" | "known" | undefined, StorageFailure>;
  /** Deletes a dead job. Whether there was one. */
  discard(id: string): ResultAsync<boolean, StorageFailure>;
}
