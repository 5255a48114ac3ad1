import { ok, safeTry, type ResultAsync } from "neverthrow";
import { deliveryJob } from "../jobs/jobs.ts";
import { enqueueMany } from "../jobs/enqueue-many.ts";
import { atomically } from "../ports/atomically.ts";
import type { Clock } from "../ports/clock.ts";
import type { Job } from "../ports/job-queue.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories, Store } from "../ports/store.ts";
import { inBatches } from "../values/in-batches.ts";
import type { InboxDelivery } from "./inbox-delivery.ts";

/** `erased`: it is about an order that was erased, and is not stored. */
export type KeptDelivery = "new" | "known" | "erased";

/** A delivery with the job that handles it. */
interface Arrival {
  readonly delivery: InboxDelivery;
  readonly job: Job;
}

type Keep = (arrival: Arrival) => ResultAsync<KeptDelivery, StorageFailure>;

/** Limits what one statement holds; more connections than this rarely have a delivery at the same time. */
const size = 50;

/** A store usually needs milliseconds; if a connection hangs, those that come later are stored on another one. */
const patienceMilliseconds = 1_000;

const keepers = new WeakMap<Pick<Store, "atomically">, Keep>();

/**
 * Stores a verified delivery with its job, in a transaction that it shares with those that come while another one is under
 * way: a commit and its statements take about as long for many as for one. Ends after the commit. A job of another kind than
 * the delivery's own may have more room in the queue; if it is lost, the sweeper enqueues the delivery's own.
 */
export function keepDelivery(
  { store, clock }: { readonly store: Pick<Store, "atomically">; readonly clock: Pick<Clock, "after"> },
  delivery: InboxDelivery,
  job: Job = deliveryJob(delivery),
): ResultAsync<KeptDelivery, StorageFailure> {
  const known = keepers.get(store);
  if (known) return known({ delivery, job });
  const keep = inBatches<Arrival, KeptDelivery, StorageFailure>(
    (take) => atomically(store, (tx) => keepAll(tx, take())),
    { size, afterPatience: (begin) => clock.after(patienceMilliseconds, begin) },
  );
  keepers.set(store, keep);
  return keep({ delivery, job });
}

const keepAll = (tx: Repositories, arrivals: readonly Arrival[]): ResultAsync<KeptDelivery[], StorageFailure> =>
  safeTry(async function* () {
    const orderIds = new Set(arrivals.flatMap(({ delivery }) => delivery.orderId ?? []));
    const found = orderIds.size > 0 ? yield* tx.erasures.findOrders([...orderIds]) : [];
    const erased = new Set(found.map(({ orderId }) => orderId));
    const wanted = arrivals.filter(({ delivery: { orderId } }) => orderId === undefined || !erased.has(orderId));
    const deliveries = wanted.map(({ delivery }) => delivery);
    const stored = deliveries.length > 0 ? yield* tx.inbox.insertMany(deliveries) : [];
    const isNew = (_: unknown, index: number): boolean => stored[index] === "new";
    yield* enqueueMany(
      tx.jobs,
      wanted.filter(isNew).map(({ job }) => job),
    );
    const outcomes = new Map(wanted.map((arrival, index) => [arrival, stored[index]]));
    return ok(arrivals.map((arrival) => outcomes.get(arrival) ?? ("erased" as const)));
  });
