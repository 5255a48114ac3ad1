import type { Clock, JobQueue, Store } from "@likeness/core";
import { memoryStore, type MemoryJobQueue } from "@likeness/testing";

/** A worker over the jobs of a store, and how to wait until nothing that it has a handler for is due. */
export interface StageWorker {
  readonly queue: JobQueue;
  idle(): Promise<void>;
}

/** A store, and as many workers over its jobs as are asked for. */
export interface StageStorage {
  readonly store: Store;
  worker(): StageWorker;
}

export type CreateStageStorage = (clock: Clock) => StageStorage | Promise<StageStorage>;

export const memoryStorage: CreateStageStorage = (clock) => {
  const { store, worker } = memoryStore({ clock });
  const workerOf = (queue: MemoryJobQueue): StageWorker => ({ queue, idle: () => queue.drained() });
  return { store, worker: () => workerOf(worker(clock)) };
};
