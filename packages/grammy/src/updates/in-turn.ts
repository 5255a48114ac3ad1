/** A piece of work; the same key twice is the same work. */
export interface Turn<T> {
  readonly lane: string;
  readonly key: string;
  /** Gets the signal of the caller that runs it, which may be another one. */
  readonly work: (signal: AbortSignal) => Promise<T>;
  /** Aborted when this caller must not go on with the work that other callers left to it. */
  readonly signal: AbortSignal;
}

/**
 * Runs work of the same lane one after the other, in the order of the calls. No caller waits: if another caller is
 * running work in the lane, this caller leaves its work to that one and gets `undefined`. This is in memory and keeps
 * only the order: with several processes, or after a crash, work may run in parallel or not at all, so the caller has
 * to check again.
 */
export function inTurn<T>(): (turn: Turn<T>) => Promise<T | undefined> {
  const lanes = new Map<string, Map<string, Turn<T>["work"]>>();
  return async ({ lane, key, work, signal }) => {
    const busy = lanes.get(lane);
    if (busy) {
      if (!busy.has(key)) busy.set(key, work);
      return undefined;
    }
    const left = new Map<string, Turn<T>["work"]>();
    lanes.set(lane, left);
    try {
      return await work(signal);
    } finally {
      for (const [leftKey, leftWork] of left) {
        if (signal.aborted) break;
        // Errors are ignored, because the caller that left the work checks it again.
        await leftWork(signal).catch(() => undefined);
        left.delete(leftKey);
      }
      lanes.delete(lane);
    }
  };
}
