import { AsyncLocalStorage } from "node:async_hooks";
import {
  jobKinds,
  type JobHandler,
  type JobHandlers,
  type Provider,
  type Repositories,
  type Store,
} from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import type { KillPoint } from "../kill-points.ts";
import type { DrivenPorts } from "./driven-ports.ts";

/** A transaction, recognised by what it writes, and the kill points before and after its commit. */
const transactions = {
  ordering: { before: "P0", after: "P1" },
  "ordering again": { before: "P8m", after: "P8n" },
  noting: { before: "P3b", after: "P4" },
  storing: { before: "P6", after: "P5" },
  ending: { before: "P7", after: "P8" },
  finishing: { before: "P8i", after: "P8j" },
} as const satisfies Record<string, { before: KillPoint; after: KillPoint }>;

type Purpose = keyof typeof transactions;

/** A call of a port in the job that finishes an order, and the kill points before and after it. */
const calls = {
  fetching: { before: "P8a", after: "P8b" },
  judging: { before: "P8c", after: "P8d" },
  keeping: { before: "P8e", after: "P8f" },
  settling: { before: "P8g", after: "P8h" },
} as const satisfies Record<string, { before: KillPoint; after: KillPoint }>;

/** Wraps the ports to report each kill point when it is reached; that call may never return. */
export function withKillPoints(ports: DrivenPorts, reached: (point: KillPoint) => void): DrivenPorts {
  /** Distinguish the transactions that store an answer, and that finish an order, from those of other jobs. */
  const submit = new AsyncLocalStorage<{ answered: boolean }>();
  const finish = new AsyncLocalStorage<{ settled: boolean }>();

  /** In the job that finishes an order, files are uploaded only to place it again. */
  const preparing: Provider["prepare"] = (...call) => {
    const [before, after] = finish.getStore() ? (["P8k", "P8l"] as const) : (["P1c", "P1d"] as const);
    reached(before);
    return ports.provider.prepare(...call).andTee(() => reached(after));
  };

  const atomically: Store["atomically"] = (work) => {
    const purposes = new Set<Purpose>([
      ...(submit.getStore()?.answered ? (["noting"] as const) : []),
      ...(finish.getStore()?.settled ? (["finishing"] as const) : []),
    ]);
    const reachedAll = (moment: "before" | "after"): void => {
      for (const purpose of purposes) reached(transactions[purpose][moment]);
    };
    return ports.store
      .atomically((tx) =>
        work(watched(tx, purposes, finish.getStore() ? "ordering again" : "ordering")).andTee(() =>
          reachedAll("before"),
        ),
      )
      .andTee(() => reachedAll("after"));
  };

  const jobs: Partial<Record<string, (handler: JobHandler) => JobHandler>> = {
    [jobKinds.submitOrder]: (handler) => (job) => {
      reached("P1b");
      return submit.run({ answered: false }, () => handler(job));
    },
    [jobKinds.finishOrder]: (handler) => (job) => finish.run({ settled: false }, () => handler(job)),
  };
  const withPoints = (handlers: JobHandlers): JobHandlers =>
    Object.fromEntries(Object.entries(handlers).map(([kind, handler]) => [kind, jobs[kind]?.(handler) ?? handler]));

  const around = <Value, Failure>(
    call: keyof typeof calls,
    make: () => ResultAsync<Value, Failure>,
  ): ResultAsync<Value, Failure> => {
    if (!finish.getStore()) return make();
    reached(calls[call].before);
    return make().andTee(() => reached(calls[call].after));
  };
  const settling = <Value, Failure>(make: () => ResultAsync<Value, Failure>): ResultAsync<Value, Failure> =>
    around("settling", make).andTee(() => {
      const current = finish.getStore();
      if (current) current.settled = true;
    });

  return {
    store: { ...ports.store, atomically },
    queue: { ...ports.queue, start: (handlers) => ports.queue.start(withPoints(handlers)) },
    provider: {
      ...ports.provider,
      prepare: preparing,
      submit: (submission) => {
        reached("P2");
        const noteAnswer = (): void => {
          const current = submit.getStore();
          if (current) current.answered = true;
          reached("P3");
        };
        return ports.provider.submit(submission).andTee(noteAnswer).orTee(noteAnswer);
      },
      look: (order) => {
        if (finish.getStore()) return ports.provider.look(order);
        reached("P4a");
        return ports.provider.look(order).andTee(() => reached("P4b"));
      },
    },
    outcomes: { open: (...call) => around("fetching", () => ports.outcomes.open(...call)) },
    pictures: { inspect: (bytes) => around("judging", () => ports.pictures.inspect(bytes)) },
    purchases: ports.purchases,
    blobs: { ...ports.blobs, put: (...content) => around("keeping", () => ports.blobs.put(...content)) },
    credits: {
      ...ports.credits,
      reserve: (order) => ports.credits.reserve(order).andTee(() => reached("P0a")),
      capture: (orderId) => settling(() => ports.credits.capture(orderId)),
      release: (orderId) => settling(() => ports.credits.release(orderId)),
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
const watched = (tx: Repositories, purposes: Set<Purpose>, placing: "ordering" | "ordering again"): Repositories => ({
  ...tx,
  orders: {
    ...tx.orders,
    save: (order) => {
      if (order.version === 0) purposes.add(placing);
      // Rows are saved after their end as well, but only this is reached first.
      if (order.state.status === "succeeded" || order.state.status === "failed") purposes.add("ending");
      return tx.orders.save(order);
    },
  },
  inbox: {
    ...tx.inbox,
    insertMany: (deliveries) =>
      tx.inbox.insertMany(deliveries).andTee((stored) => {
        if (stored.includes("new")) purposes.add("storing");
      }),
    insert: (delivery) =>
      tx.inbox.insert(delivery).andTee((stored) => {
        if (stored === "new") purposes.add("storing");
      }),
  },
});
