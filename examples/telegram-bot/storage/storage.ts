import type { JobQueue, StorageFailure, Store } from "@likeness/core";
import type { MigrationsPending, PostgresSettingUnsafe } from "@likeness/kysely";
import type { ResultAsync } from "neverthrow";

export interface Storage {
  readonly store: Store;
  readonly queue: JobQueue;
  /** Whether the database answers, its tables are up to date, and it keeps what is committed. */
  ready(): ResultAsync<void, MigrationsPending | PostgresSettingUnsafe | StorageFailure>;
  /** Whether jobs can be enqueued and claimed, once the queue is started. */
  queueReady(): ResultAsync<void, MigrationsPending | StorageFailure>;
  close(): Promise<void>;
}
