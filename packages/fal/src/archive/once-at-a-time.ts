import type { ResultAsync } from "neverthrow";

/** Work with a key: while it is under way in this process, the same key again waits for its result. */
export function onceAtATime<T, E>(): (key: string, work: () => ResultAsync<T, E>) => ResultAsync<T, E> {
  const underWay = new Map<string, ResultAsync<T, E>>();
  return (key, work) => {
    const same = underWay.get(key);
    if (same) return same;
    const started = work();
    underWay.set(key, started);
    void started.then(() => underWay.delete(key));
    return started;
  };
}
