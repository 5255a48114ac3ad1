/**
 * Runs what shares a lane one after the other, in the order it was asked for. Only order lives in this memory: with
 * several processes, or after a crash, handlers may still run side by side, and must be fit for that.
 */
export function inTurn(): <T>(lane: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (lane, work) => {
    const turn = (last.get(lane) ?? Promise.resolve()).then(work);
    const settled = turn
      .catch(() => undefined)
      .finally(() => {
        if (last.get(lane) === settled) last.delete(lane);
      });
    last.set(lane, settled);
    return turn;
  };
}
