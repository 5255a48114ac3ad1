import type { Repositories, Store } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import { closedGate } from "../gate.ts";

type Tagged = { readonly type: string };

/** Runs a transaction, and starts other work when the transaction has reached `begun`. A store may make either wait. */
export async function overlapping<T, E extends Tagged, U>(
  store: Store,
  work: (tx: Repositories, begun: () => void) => ResultAsync<T, E>,
  other: () => PromiseLike<U>,
) {
  const gate = closedGate();
  const first = store.atomically((tx) => work(tx, gate.open));
  await gate.passed;
  const [left, right] = await Promise.all([first, other()]);
  return [left, right] as const;
}

/** Gives other work time to run in between, if the store allows it. */
export const dawdle = (tx: Repositories): ResultAsync<unknown, Tagged> =>
  Array.from({ length: 50 }).reduce<ResultAsync<unknown, Tagged>>(
    (before) => before.andThen(() => tx.sessions.find("none")),
    tx.sessions.find("none"),
  );
