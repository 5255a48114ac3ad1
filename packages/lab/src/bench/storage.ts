import type { JobQueue, Store } from "@likeness/core";
import type { Database as Tables } from "@likeness/kysely";
import type { Kysely } from "kysely";

/** Store and queue as a deployment composes them, on a database that was brought up to date. */
export interface Storage {
  readonly store: Store;
  readonly queue: JobQueue;
  readonly db: Kysely<Tables>;
  /**
   * Fills the database with many rows at once: nothing waits for the disk and no foreign key is checked meanwhile. Then it
   * does the maintenance that the database would do by itself some time later.
   */
  fill(work: (filling: Filling) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** A database while it is filled. */
export interface Filling {
  readonly db: Kysely<Tables>;
  /** The SQL that makes a stored time of the SQL of a number of seconds since 1970. */
  timeOf(seconds: string): string;
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
