/** Something to do; the same key twice is the same thing. */
export interface Turn<T> {
  readonly lane: string;
  readonly key: string;
  /** Is given the signal of whoever does it. */
  readonly work: (signal: AbortSignal) => Promise<T>;
  /** Aborted when whoever does it must not go on with what others left. */
  readonly signal: AbortSignal;
}

/**
 * Does what shares a lane one after the other, in the order it came. Nobody waits for their turn: whoever finds the lane
 * busy leaves the work to the one who is busy there, and gets `undefined`. Only order lives in this memory: with several
 * processes, or after a crash, work may still be done side by side or not at all, and somebody has to look again.
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
        // Whoever left it looks again, and then finds out what went wrong.
        await leftWork(signal).catch(() => undefined);
        left.delete(leftKey);
      }
      lanes.delete(lane);
    }
  };
}
