/** Changes close together are written once. */
const pauseMilliseconds = 150;

export interface Keeper {
  /** Something has changed: writes it in a moment. */
  soon(): void;
  /** Writes what is not yet written. Rejects with what kept it from being written. */
  flush(): Promise<void>;
}

/** Writes something down whenever it has changed, one time after another. `onTrouble` hears why it could not be. */
export function keeper(write: () => Promise<void>, onTrouble: (error: unknown) => void): Keeper {
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
