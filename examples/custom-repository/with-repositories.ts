import type { Repositories, Store } from "@likeness/core";

/** A store with some repositories of one's own, inside its transactions too: they have to share its connection. */
export const withRepositories = (store: Store, own: Partial<Repositories>): Store => ({
  ...store,
  ...own,
  atomically: (work) => store.atomically((tx) => work({ ...tx, ...own })),
});
