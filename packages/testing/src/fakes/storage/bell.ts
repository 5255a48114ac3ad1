/** Wakes the workers when jobs may have become due. */
export interface Bell {
  readonly ring: () => void;
  /** Returns a function that stops listening. */
  readonly on: (listener: () => void) => () => void;
}

export function bell(): Bell {
  const listeners = new Set<() => void>();
  return {
    ring: () => {
      for (const listener of listeners) listener();
    },
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
