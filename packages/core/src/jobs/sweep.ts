import { ok, safeTry, type ResultAsync } from "neverthrow";
import { jobsForOpenHolds } from "../credits/open-holds.ts";
import type { Job } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { OrderStatus } from "../orders/order.ts";
import { addSeconds, type Timestamp } from "../values/timestamp.ts";
import { closeDelivery } from "../webhooks/process-delivery.ts";
import { jobKinds } from "./job-kinds.ts";
import { deliveryJob, erasureJob, messageJob, photoJob, orderJob } from "./jobs.ts";

/** Of the job that removes what is kept no longer. */
export const retentionKey = "retention";

/** How often that job runs. */
const retentionSeconds = 3_600;

/** The maximum number of rows of one kind per sweep; the next sweep takes the rest. */
const batch = 100;

/** The job for an overdue order, by its status. */
const orderJobs = {
  requested: jobKinds.submitOrder,
  submitting: jobKinds.pollOrder,
  submitted: jobKinds.pollOrder,
  unknown: jobKinds.pollOrder,
  succeeded: jobKinds.finishOrder,
  failed: jobKinds.finishOrder,
  cancelled: jobKinds.finishOrder,
} as const satisfies Record<OrderStatus, string>;

/**
 * Finds every row whose job should have run by now and enqueues the job again, so that a lost job delays work but loses
 * nothing. Returns the number of jobs enqueued.
 */
export function sweep(
  ports: Pick<Ports, "store" | "clock" | "policy" | "log" | "credits" | "kinds">,
): ResultAsync<{ readonly nudged: number }, StorageFailure> {
  const { store, clock, policy } = ports;
  const before = (seconds: number): Timestamp => addSeconds(clock.now(), -seconds);
  return safeTry(async function* () {
    const overdue = before(policy.sweepSeconds);
    const orders = yield* store.orders.dueBefore(overdue, batch);
    const deliveries = yield* store.inbox.unsettledBefore(overdue, batch);
    const messages = yield* store.outbox.dueBefore(overdue, batch);
    const photos = yield* store.photos.pendingBefore(overdue, batch);
    const holds = await jobsForOpenHolds(ports);
    if (holds.isErr())
      ports.log.warn({ error: holds.error.type }, "reservations of credits could not be looked through");
    const erasures = yield* store.erasures.dueBefore(overdue, batch);
    const jobs: Job[] = [
      ...holds.unwrapOr([]),
      ...orders.map(({ id, state }) => orderJob(orderJobs[state.status], id)),
      ...messages.map(({ id }) => messageJob(id)),
      ...erasures.map(({ id }) => erasureJob(id)),
      // These rows have no `nextCheckAt`, so every sweep finds them again; retries of each job would only add up.
      ...deliveries.map((delivery) => ({
        ...deliveryJob(delivery),
        payload: { deliveryId: delivery.id, sweep: true },
      })),
      ...photos.map(({ id }) => ({ ...photoJob(id), payload: { photoId: id, sweep: true } })),
    ];
    for (const job of jobs) yield* store.jobs.enqueue(job);
    // While it waits, the next sweeps do not add another.
    const runAt = addSeconds(clock.now(), retentionSeconds);
    yield* store.jobs.enqueue({ kind: jobKinds.sweep, key: retentionKey, payload: null, runAt });
    // The channel may no longer be installed, and its deliveries must not stay for ever.
    const lapsed = before(policy.deliveryDeadlineSeconds);
    for (const delivery of deliveries)
      if (delivery.orderId === undefined && delivery.receivedAt < lapsed)
        yield* closeDelivery(store, ports, delivery, "given_up");
    yield* store.inbox.purge(before(policy.inboxRetentionSeconds));
    yield* store.erasures.purgeOrders(before(policy.inboxRetentionSeconds));
    yield* store.guards.purgeErased(clock.now());
    // Last, to wipe the rows deleted above too. If the store is busy, the next sweep wipes the rest.
    if (store.wipe) yield* store.wipe();
    return ok({ nudged: jobs.length });
  });
}
