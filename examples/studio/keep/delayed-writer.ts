/** Changes within this time are written together. */
const pauseMilliseconds = 150;

export interface DelayedWriter {
  /** Reports a change, which is written after a short delay. */
  soon(): void;
  /** Writes pending changes now. Rejects with the error of the write. */
  flush(): Promise<void>;
}

/** Calls `write` after changes, one call at a time. `onTrouble` gets the errors of delayed writes. */
export function delayedWriter(write: () => Promise<void>, onTrouble: (error: unknown) => void): DelayedWriter {
  let changed = false;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const writeIfChanged = async (): Promise<void> => {
    if (!changed) return;
    changed = false;
    try {
      await write();
    } catch (error) {
      changed = true;
      throw error;
    }
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.catch(() => undefined).then(writeIfChanged);
    return writing;
  };
  return {
    soon: () => {
      changed = true;
      timer ??= setTimeout(() => void flush().catch(onTrouble), pauseMilliseconds);
    },
    flush,
  };
}
