import type { Repositories, Store } from "@likeness/core";
import type { CreateStorage } from "./stage.ts";

/** A storage with some parts of its store replaced, outside of transactions. */
export const withParts =
  (create: CreateStorage, parts: (store: Store) => Partial<Store>): CreateStorage =>
  async (clock) => {
    const { store, queue } = await create(clock);
    return { queue, store: { ...store, ...parts(store) } };
  };

/** A storage with some repositories replaced inside of its transactions. */
export const withinTransactions = (
  create: CreateStorage,
  parts: (repositories: Repositories) => Partial<Repositories>,
): CreateStorage =>
  withParts(create, (store) => ({
    atomically: (work) => store.atomically((tx) => work({ ...tx, ...parts(tx) })),
  }));
