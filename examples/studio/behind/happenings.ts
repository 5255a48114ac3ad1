import type { Happening } from "../protocol.ts";

export type News = Omit<Happening, "id" | "at"> & { readonly at?: number };

/** The last happenings behind the chat. */
export interface Happenings {
  all(): readonly Happening[];
  add(news: News): void;
  subscribe(listener: (happening: Happening) => void): () => void;
}

const kept = 500;

export function happenings(): Happenings {
  let last: readonly Happening[] = [];
  let count = 0;
  const listeners = new Set<(happening: Happening) => void>();
  return {
    all: () => last,
    add: (news) => {
      const happening = { ...news, at: news.at ?? Date.now(), id: ++count };
      last = [...last.slice(1 - kept), happening];
      for (const listener of listeners) listener(happening);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
