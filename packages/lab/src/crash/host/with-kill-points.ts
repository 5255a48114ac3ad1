import { AsyncLocalStorage } from "node:async_hooks";
import { jobKinds, type JobHandler, type Repositories, type Store } from "@likeness/core";
import type { KillPoint } from "../kill-points.ts";
import type { DrivenPorts } from "./open-host.ts";

/** A transaction, recognised by what it writes, and the kill points before and after its commit. */
const transactions = {
  ordering: { before: "P0", after: "P1" },
  noting: { before: "P3b", after: "P4" },
  storing: { before: "P6", after: "P5" },
  ending: { before: "P7", after: "P8" },
} as const satisfies Record<string, { before: KillPoint; after: KillPoint }>;

type Purpose = keyof typeof transactions;

/** Wraps the ports to report each kill point when it is reached; that call may never return. */
export function withKillPoints(ports: DrivenPorts, reached: (point: KillPoint) => void): DrivenPorts {
  /** Distinguishes the transaction that stores an answer from those of other jobs. */
  const submit = new AsyncLocalStorage<{ answered: boolean }>();

  const atomically: Store["atomically"] = (work) => {
    const purposes = new Set<Purpose>(submit.getStore()?.answered ? ["noting"] : []);
    const reachedAll = (moment: "before" | "after"): void => {
      for (const purpose of purposes) reached(transactions[purpose][moment]);
    };
    return ports.store
      .atomically((tx) => work(watched(tx, purposes)).andTee(() => reachedAll("before")))
      .andTee(() => reachedAll("after"));
  };

  const submitting =
    (handler: JobHandler): JobHandler =>
    (job) => {
      reached("P1b");
      return submit.run({ answered: false }, () => handler(job));
    };

  return {
    store: { ...ports.store, atomically },
    queue: {
      ...ports.queue,
      start: (handlers) => {
        const handler = handlers[jobKinds.submitOrder];
        return ports.queue.start(handler ? { ...handlers, [jobKinds.submitOrder]: submitting(handler) } : handlers);
      },
    },
    provider: {
      ...ports.provider,
      submit: (submission) => {
        reached("P2");
        const noteAnswer = (): void => {
          const current = submit.getStore();
          if (current) current.answered = true;
          reached("P3");
        };
        return ports.provider.submit(submission).andTee(noteAnswer).orTee(noteAnswer);
      },
    },
    notifier: {
      send: (notification) => {
        // A message before the end of the training is not about its outcome.
        if (notification.content.template === "training-unconfirmed") return ports.notifier.send(notification);
        reached("P9a");
        return ports.notifier.send(notification).andTee(({ type }) => {
          if (type === "sent") reached("P9");
        });
      },
    },
  };
}

/** Records what a transaction writes. */
const watched = (tx: Repositories, purposes: Set<Purpose>): Repositories => ({
  ...tx,
  orders: {
    ...tx.orders,
    save: (order) => {
      if (order.version === 0) purposes.add("ordering");
      // Rows are saved after their end as well, but only this is reached first.
      if (order.state.status === "succeeded" || order.state.status === "failed") purposes.add("ending");
      return tx.orders.save(order);
    },
  },
  inbox: {
    ...tx.inbox,
    insert: (delivery) =>
      tx.inbox.insert(delivery).andTee((stored) => {
        if (stored === "new") purposes.add("storing");
      }),
  },
});
