import type { JobQueue, Store } from "@likeness/core";
import type { Database as Tables } from "@likeness/kysely";
import type { Kysely } from "kysely";

/** Store and queue as a deployment composes them, on a database that was brought up to date. */
export interface Storage {
  readonly store: Store;
  readonly queue: JobQueue;
  readonly db: Kysely<Tables>;
  /** The same database, for filling it with many rows at once. */
  readonly filling: Kysely<Tables>;
  /** Runs the maintenance that the database does by itself some time after it was filled. */
  afterFilling(): Promise<void>;
  close(): Promise<void>;
}

/** Where the databases of one run are. */
export interface Site {
  /** A new, empty database: its file or URL. */
  newDatabase(): Promise<string>;
  /** Removes them all. */
  close(): Promise<void>;
}

export interface Engine {
  newSite(): Promise<Site>;
  /** `onStatement` is called for every statement that the store and the queue send. */
  open(database: string, onStatement?: (statement: string) => void): Promise<Storage>;
}
