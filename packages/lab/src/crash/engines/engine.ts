import { jobKinds, type Clock, type JobQueue, type Log, type Purchases, type Store } from "@likeness/core";
import type { Database, KyselyCredits } from "@likeness/kysely";
import type { Kysely, LogEvent } from "kysely";

/** A database engine for the crash matrix and the soak. */
export interface Engine {
  /** How many processes share one database in the soak. */
  readonly replicas: number;
  /** How long the job of a process that died stays claimed. Every deadline is much longer. */
  readonly recoverySeconds: number;
  /** The same after `releaseSoon`. */
  readonly releasedSeconds: number;
  /** Starts the server of the databases. */
  start(folder: string): Promise<EngineServer>;
  /** Store and queue of a process. */
  open(url: string, options: OpenOptions): Promise<OpenEngine>;
  /** Opens a separate connection, to observe from outside. */
  watch(url: string): Watched;
}

export interface OpenOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Is told each statement of SQL once it is done, also in a transaction. */
  readonly onStatement?: ((statement: string) => void) | undefined;
}

export interface OpenEngine {
  readonly store: Store;
  readonly queue: JobQueue;
  /** In the same database. */
  readonly credits: KyselyCredits;
  readonly purchases: Purchases;
  close(): Promise<void>;
}

export interface EngineServer {
  /** Creates a migrated database in which `status_history` records every change of an order's status. */
  database(): Promise<string>;
  /** Kills the server and starts it again; absent where there is no server. */
  restart?(): Promise<void>;
  stop(): Promise<void>;
}

/** For `onStatement`. */
export const statementLog = ({ onStatement }: OpenOptions) =>
  onStatement && {
    log: ({ level, query }: LogEvent): void => {
      if (level === "query") onStatement(query.sql);
    },
  };

/** Written by a trigger, so that it records every change, whatever the code under test does. */
export interface StatusHistory {
  readonly order_id: string;
  readonly status: string;
}

export interface Watched {
  readonly db: Kysely<Database & { readonly status_history: StatusHistory }>;
  /** Remaining jobs, including dead ones, except for those without work. */
  jobs(): Promise<readonly string[]>;
  /** Lets the jobs of processes that died be claimed again within seconds. Only while no process runs. */
  releaseSoon(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Jobs that are due later than this many seconds are ignored: a message whose process died during the attempt has a job
 * later, which will find that the message was sent.
 */
export const distantSeconds = 5;

/** Jobs that exist independently of a training's outcome: the sweeper's, and those that guard blobs. */
export const unrelated: string[] = [jobKinds.sweep, jobKinds.discardBlobs, jobKinds.guardBlob];
