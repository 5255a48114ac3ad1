import type { Activity } from "../protocol.ts";

export type NewActivity = Omit<Activity, "id" | "at"> & { readonly at?: number };

/** The last activities of the bots, fal and Telegram, which the page shows behind the chat. */
export interface Activities {
  all(): readonly Activity[];
  add(activity: NewActivity): void;
  subscribe(listener: (activity: Activity) => void): () => void;
}

const kept = 500;

export function activities(): Activities {
  let last: readonly Activity[] = [];
  let count = 0;
  const listeners = new Set<(activity: Activity) => void>();
  return {
    all: () => last,
    add: (added) => {
      const activity = { ...added, at: added.at ?? Date.now(), id: ++count };
      last = [...last.slice(1 - kept), activity];
      for (const listener of listeners) listener(activity);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
