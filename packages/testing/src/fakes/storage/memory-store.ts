import type { Clock, Repositories, Store } from "@likeness/core";
import { ok } from "neverthrow";
import { sequentialIds } from "../../clock/sequential-ids.ts";
import { bell } from "./bell.ts";
import { enqueueJob, forgetDeadJobs } from "./job-rows.ts";
import { memoryAvatars } from "./memory-avatars.ts";
import { memoryConsents } from "./memory-consents.ts";
import { memoryDatabase, type RunStep } from "./memory-database.ts";
import { memoryErasures } from "./memory-erasures.ts";
import { memoryGuards } from "./memory-guards.ts";
import { memoryInbox } from "./memory-inbox.ts";
import { memoryJobQueue, type MemoryJobQueue } from "./memory-job-queue.ts";
import { memoryOperator } from "./memory-operator.ts";
import { memoryOutbox } from "./memory-outbox.ts";
import { memoryOwners } from "./memory-owners.ts";
import { memoryPhotos } from "./memory-photos.ts";
import { memoryPictures } from "./memory-pictures.ts";
import { memorySessions } from "./memory-sessions.ts";
import { memoryOrders } from "./memory-orders.ts";
import type { StoredJob } from "./tables.ts";

export interface MemoryStoreOptions {
  readonly clock: Clock;
  /** After how many seconds without a heartbeat of its worker a job may be claimed again. Default 60. */
  readonly leaseSeconds?: number | undefined;
  /** Default 8. */
  readonly maxAttempts?: number | undefined;
}

export interface MemoryStore {
  readonly store: Store;
  readonly queue: MemoryJobQueue;
  /** Another worker over the same jobs, by its own clock. */
  worker(clock: Clock): MemoryJobQueue;
  /** Every job that is not finished, dead ones too. */
  jobs(): readonly StoredJob[];
  /** While the database is down, every call is a `storage-failure` and nothing is written. */
  setDown(down: boolean): void;
}

/** A store and a job queue that share their transactions, in memory. Transactions run one after the other. */
export function memoryStore({ clock, leaseSeconds = 60, maxAttempts = 8 }: MemoryStoreOptions): MemoryStore {
  const database = memoryDatabase();
  const wake = bell();
  const ids = sequentialIds();
  const nextId = (): string => ids.next();

  const repositories = (run: RunStep, ring: () => void): Repositories => ({
    avatars: memoryAvatars(run),
    photos: memoryPhotos(run),
    orders: memoryOrders(run),
    pictures: memoryPictures(run),
    inbox: memoryInbox(run),
    outbox: memoryOutbox(run),
    sessions: memorySessions(run),
    owners: memoryOwners(run),
    consents: memoryConsents(run),
    erasures: memoryErasures(run),
    guards: memoryGuards(run),
    jobs: {
      enqueue: (job) => run((tables) => ok(enqueueJob(tables, job, nextId(), clock.now()))).andTee(ring),
      forget: (keys) => run((tables) => ok(forgetDeadJobs(tables, keys))),
    },
  });

  const worker = (own: Clock): MemoryJobQueue =>
    memoryJobQueue({ database, clock: own, bell: wake, nextId, leaseSeconds, maxAttempts });

  return {
    store: {
      ...repositories(database.run, wake.ring),
      operator: memoryOperator(database.run),
      // Rings after the transaction, because its jobs exist only then.
      atomically: (work) => database.transaction((run) => work(repositories(run, () => undefined))).andTee(wake.ring),
    },
    queue: worker(clock),
    worker,
    jobs: () => [...database.committed().jobs.values()],
    setDown: database.setDown,
  };
}
