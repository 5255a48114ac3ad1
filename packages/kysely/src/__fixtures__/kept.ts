import { afterAll, onTestFinished } from "vitest";

/** What runs work when it ends: a test, or a whole file. */
export interface Ending {
  onTestFinished(work: () => void | Promise<void>): void;
}

export interface KeptOptions<Opened> {
  /** Opens a storage that `file` closes. */
  open(file: Ending): Promise<Opened>;
  /** Makes a used one as good as new. */
  empty(opened: Opened): Promise<void>;
}

/**
 * Storages that stay open for the next test of a file, with their connections and prepared statements: to open and close
 * one takes longer than most tests. Each waits `untilIdle` at its end, so that no test writes into the storage of the
 * next. Call this outside of tests.
 */
export function kept<Opened>({
  open,
  empty,
}: KeptOptions<Opened>): (untilIdle: () => Promise<void>) => Promise<Opened> {
  const spare: Opened[] = [];
  const closings: (() => void | Promise<void>)[] = [];
  afterAll(async () => {
    for (const close of closings.toReversed()) await close();
  });
  return async (untilIdle) => {
    const opened = spare.pop() ?? (await open({ onTestFinished: (work) => void closings.push(work) }));
    onTestFinished(async () => {
      await untilIdle();
      await empty(opened);
      spare.push(opened);
    });
    return opened;
  };
}
