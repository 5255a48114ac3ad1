import type { JobOutlet, JobQueue, StorageFailure, Store } from "@likeness/core";
import type { Database, DatabaseNotWritable, MigrationsPending, PostgresSettingUnsafe } from "@likeness/kysely";
import type { Kysely } from "kysely";
import type { ResultAsync } from "neverthrow";

/** Why a database cannot be used. */
export type NotReady = DatabaseNotWritable | MigrationsPending | PostgresSettingUnsafe | StorageFailure;

/**
 * `migrate`: made or brought up to date, as by the bot. `use`: for what runs beside a bot, and has seen that no migration is
 * pending; nothing is made. `look`: no job can be enqueued, either.
 */
export type OpenMode = "migrate" | "use" | "look";

export interface Storage {
  readonly store: Store;
  readonly queue: JobQueue;
  /** The database of both, for what a host stores beside them. */
  readonly db: Kysely<Database>;
  /** Enqueues in a transaction of it. */
  readonly jobsWithin: (tx: Kysely<Database>) => JobOutlet;
  /** Whether the database answers, its tables are up to date, rows can be written, and commits are durable. */
  ready(): ResultAsync<void, NotReady>;
  /** Whether jobs can be enqueued and claimed, once the queue is started. */
  queueReady(): ResultAsync<void, NotReady>;
  close(): Promise<void>;
}
