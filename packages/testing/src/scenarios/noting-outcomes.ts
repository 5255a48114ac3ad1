import type { InboxOutcome, Repositories } from "@likeness/core";
import { withinTransactions, withParts } from "./replaced-parts.ts";
import type { CreateStorage } from "./stage.ts";

/** A storage that records the outcome of every delivery, in order. */
export function notingOutcomes(create: CreateStorage, outcomes: InboxOutcome[]): CreateStorage {
  const noting = ({ inbox }: Repositories): Pick<Repositories, "inbox"> => ({
    inbox: {
      ...inbox,
      settle: (id, outcome, at) => {
        outcomes.push(outcome);
        return inbox.settle(id, outcome, at);
      },
    },
  });
  return withinTransactions(withParts(create, noting), noting);
}
