import type { Repositories, Store } from "@likeness/core";

/**
 * A store with some repositories replaced, also in its transactions, so the replacements have to use its connection.
 */
export const withRepositories = (store: Store, own: Partial<Repositories>): Store => ({
  ...store,
  ...own,
  atomically: (work) => store.atomically((tx) => work({ ...tx, ...own })),
});
