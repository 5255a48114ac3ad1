import type { InboxOutcome, InboxRepository } from "@likeness/core";
import type { CreateStorage } from "./stage.ts";

/** A storage that records the outcome of every delivery, in order. */
export const notingOutcomes =
  (create: CreateStorage, outcomes: InboxOutcome[]): CreateStorage =>
  async (clock) => {
    const { store, queue } = await create(clock);
    const noting = (inbox: InboxRepository): InboxRepository => ({
      ...inbox,
      settle: (id, outcome, at) => {
        outcomes.push(outcome);
        return inbox.settle(id, outcome, at);
      },
    });
    return {
      queue,
      store: {
        ...store,
        inbox: noting(store.inbox),
        atomically: (work) => store.atomically((tx) => work({ ...tx, inbox: noting(tx.inbox) })),
      },
    };
  };
