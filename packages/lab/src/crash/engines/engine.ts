import { jobKinds, type Clock, type JobQueue, type Log, type Store } from "@likeness/core";
import type { Database } from "@likeness/kysely";
import type { Kysely } from "kysely";

/** A database that trainings are run and processes are killed on. */
export interface Engine {
  /** Processes that share one database in the soak. */
  readonly replicas: number;
  /** How long a job may stay with a process that died. Every deadline is much longer. */
  readonly recoverySeconds: number;
  /** Starts what databases are kept in. */
  start(folder: string): Promise<EngineServer>;
  /** Store and queue of a process. */
  open(url: string, options: OpenOptions): Promise<OpenEngine>;
  /** Looks on from outside, with a connection of its own. */
  watch(url: string): Watched;
}

export interface OpenOptions {
  readonly clock: Clock;
  readonly log: Log;
}

export interface OpenEngine {
  readonly store: Store;
  readonly queue: JobQueue;
  close(): Promise<void>;
}

export interface EngineServer {
  /** Makes a database that is up to date and in which `status_history` notes every change of a training's status. */
  database(): Promise<string>;
  /** Ends it at once, as its crash would, and starts it again; absent where there is no server. */
  restart?(): Promise<void>;
  stop(): Promise<void>;
}

/** Written by a trigger, so it holds also what the code under test does not know of. */
export interface StatusHistory {
  readonly training_id: string;
  readonly status: string;
}

export interface Watched {
  readonly db: Kysely<Database & { readonly status_history: StatusHistory }>;
  /** Jobs that are left, dead ones too, but for those that have nothing to do any more. */
  jobs(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/**
 * Jobs that are due later than this many seconds are left out: a message whose attempt died leaves a nudge a minute away,
 * which will find that the message was sent.
 */
export const distantSeconds = 5;

/** Jobs of these kinds are there whatever becomes of a training: the sweeper's, and looks whether bytes have a row. */
export const unrelated: string[] = [jobKinds.sweep, jobKinds.discardBlobs, jobKinds.guardBlob];
