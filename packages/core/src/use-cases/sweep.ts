import { ok, safeTry, type ResultAsync } from "neverthrow";
import { jobKinds } from "../domain/job-kinds.ts";
import { addSeconds, type Timestamp } from "../domain/timestamp.ts";
import type { TrainingStatus } from "../domain/training.ts";
import type { Job } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { closeDelivery } from "./close-delivery.ts";
import { deliveryJob, messageJob, photoJob, trainingJob } from "./jobs.ts";

/** Rows of one sort that one sweep nudges; the others' turn comes with the next. */
const batch = 100;

/** What looks at an overdue training. */
const trainingJobs = {
  requested: jobKinds.submitTraining,
  submitting: jobKinds.pollTraining,
  submitted: jobKinds.pollTraining,
  unknown: jobKinds.pollTraining,
  succeeded: jobKinds.finishTraining,
  failed: jobKinds.finishTraining,
  cancelled: jobKinds.finishTraining,
} as const satisfies Record<TrainingStatus, string>;

/**
 * Finds every row that somebody should have looked at by now and enqueues its job again. The rows are the truth and jobs
 * are only nudges: with this, losing every job loses nothing. Returns how many it nudged.
 */
export function sweep(
  ports: Pick<Ports, "store" | "clock" | "policy" | "log">,
): ResultAsync<{ readonly nudged: number }, StorageFailure> {
  const { store, clock, policy } = ports;
  const before = (seconds: number): Timestamp => addSeconds(clock.now(), -seconds);
  return safeTry(async function* () {
    const overdue = before(policy.sweepSeconds);
    const trainings = yield* store.trainings.dueBefore(overdue, batch);
    const deliveries = yield* store.inbox.unsettledBefore(overdue, batch);
    const messages = yield* store.outbox.dueBefore(overdue, batch);
    const photos = yield* store.photos.pendingBefore(overdue, batch);
    const jobs: Job[] = [
      ...trainings.map(({ id, state }) => trainingJob(trainingJobs[state.status], id)),
      ...messages.map(({ id }) => messageJob(id)),
      // These rows do not say when they are looked at next, so the next sweep comes back to them, and a retry need not.
      ...deliveries.map((delivery) => ({
        ...deliveryJob(delivery),
        payload: { deliveryId: delivery.id, sweep: true },
      })),
      ...photos.map(({ id }) => ({ ...photoJob(id), payload: { photoId: id, sweep: true } })),
    ];
    for (const job of jobs) yield* store.jobs.enqueue(job);
    // A face may be gone, and what came for it must not stay for ever.
    const lapsed = before(policy.deliveryDeadlineSeconds);
    for (const delivery of deliveries)
      if (delivery.trainingId === undefined && delivery.receivedAt < lapsed)
        yield* closeDelivery(store, ports, delivery, "given_up");
    yield* store.inbox.purge(before(policy.inboxRetentionSeconds));
    // Last, so that it takes what was deleted just now; what it leaves because the store is busy goes with the next sweep.
    if (store.wipe) yield* store.wipe();
    return ok({ nudged: jobs.length });
  });
}
