import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import { discardBlobs } from "../blobs/discard-blobs.ts";
import { guardBlob } from "../blobs/guard-blob.ts";
import { sendNotification } from "../messages/send-notification.ts";
import { stopUntilDone } from "../owners/stop-work.ts";
import { carryOnErasure } from "../owners/erasure/carry-on-erasure.ts";
import { retain } from "../owners/retention/retain.ts";
import { inspectPhoto } from "../photos/inspect-photo.ts";
import type { ClaimedJob, JobFailure, JobHandler, JobHandlers, JobOutcome } from "../ports/job-queue.ts";
import type { BoundPorts } from "../ports/ports.ts";
import type { Crossings } from "../orders/crossings.ts";
import { eraseAtProvider, erasedIn } from "../orders/erase-at-provider.ts";
import { finishOrder } from "../orders/finish-order.ts";
import { pollOrder } from "../orders/poll-order.ts";
import { submitOrder } from "../orders/submit-order.ts";
import { isObject, textsIn, type Json } from "../values/json.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import { processDelivery } from "../webhooks/process-delivery.ts";
import { jobKinds, type CoreKind } from "./job-kinds.ts";
import { deferral, jobDone } from "./jobs.ts";
import { retentionKey, sweep } from "./sweep.ts";

/** One handler per kind of job. Each is safe to run twice, because it reads its row first. */
export function jobHandlers(ports: BoundPorts, crossings: Crossings): JobHandlers {
  const handlers = currentHandlers(ports, crossings);
  const former = Object.entries(formerKinds).map(([kind, current]) => [kind, handlers[current]] as const);
  return { ...handlers, ...Object.fromEntries(former) };
}

/** Kinds of version 0.1, whose jobs may still be in the queue. */
const formerKinds = {
  "training.submit": jobKinds.submitOrder,
  "training.poll": jobKinds.pollOrder,
  "training.finish": jobKinds.finishOrder,
  "training.erase": jobKinds.eraseOrder,
} as const;

const currentHandlers = (ports: BoundPorts, crossings: Crossings): Record<CoreKind, JobHandler> => ({
  [jobKinds.inspectPhoto]: (job) =>
    withText(job, "photoId", (photoId) => inspectPhoto(ports, { photoId, signal: job.signal })),
  [jobKinds.submitOrder]: (job) =>
    withText(job, "orderId", (orderId) => submitOrder(ports, { orderId, crossings, signal: job.signal })),
  [jobKinds.pollOrder]: (job) => withText(job, "orderId", (orderId) => pollOrder(ports, { orderId })),
  [jobKinds.finishOrder]: (job) => withText(job, "orderId", (orderId) => finishOrder(ports, { orderId })),
  [jobKinds.processDelivery]: (job) =>
    withText(job, "deliveryId", (deliveryId) => processDelivery(ports, { deliveryId })),
  [jobKinds.sendNotification]: (job) =>
    withText(job, "notificationId", (notificationId) => sendNotification(ports, { notificationId })),
  // The sweeper finds no row for these five, so they are retried until they succeed.
  [jobKinds.discardBlobs]: (job) =>
    untilItWorks(
      ports,
      job,
      discardBlobs(ports, textsIn(field(job, "keys"))).map(() => jobDone),
    ),
  [jobKinds.guardBlob]: (job) =>
    withText(job, "blobKey", (blobKey) =>
      withText(job, "avatarId", (avatarId) =>
        withText(job, "until", (until) => untilItWorks(ports, job, guardBlob(ports, { blobKey, avatarId, until }))),
      ),
    ),
  [jobKinds.settleCredits]: (job) =>
    withText(job, "orderId", (orderId) => {
      const outcome = field(job, "outcome") === "capture" ? "capture" : "release";
      return untilItWorks(
        ports,
        job,
        ports.credits[outcome](orderId).map(() => jobDone),
      );
    }),
  [jobKinds.eraseOrder]: (job) => {
    const erased = erasedIn(job.payload);
    return erased
      ? eraseAtProvider(ports, erased)
      : errAsync({ type: "job-failure", permanent: true, cause: `${job.kind} without a trace` });
  },
  [jobKinds.stopWork]: (job) =>
    withText(job, "ownerId", (ownerId) =>
      withText(job, "until", (until) => untilItWorks(ports, job, stopUntilDone(ports, { ownerId, until }))),
    ),
  [jobKinds.eraseOwner]: (job) => withText(job, "erasureId", (erasureId) => carryOnErasure(ports, { erasureId })),
  [jobKinds.sweep]: ({ key }) =>
    (key === retentionKey ? retain(ports).map(() => undefined) : sweep(ports).map(() => undefined))
      .map(() => jobDone)
      .mapErr(failure),
});

const untilItWorks = (
  ports: BoundPorts,
  job: ClaimedJob,
  work: ResultAsync<JobOutcome, { readonly type: string }>,
): ResultAsync<JobOutcome, never> =>
  work.orElse(({ type }) => {
    const { kind, key } = job;
    const ids = withoutUndefined({ orderId: field(job, "orderId"), keys: field(job, "keys") });
    ports.log.warn({ kind, key, ...ids, error: type }, "cleaning up has to wait");
    return okAsync(deferral(ports));
  });

/**
 * Runs a function with a string of the payload. A payload without it is a permanent failure. Jobs of version 0.1 call an
 * order's id `trainingId`.
 */
function withText<E>(
  job: ClaimedJob,
  name: string,
  run: (value: string) => ResultAsync<JobOutcome, E>,
): ResultAsync<JobOutcome, JobFailure> {
  const value = field(job, name) ?? (name === "orderId" ? field(job, "trainingId") : undefined);
  if (typeof value !== "string")
    return errAsync({ type: "job-failure", permanent: true, cause: `${job.kind} without ${name}` });
  const ran = run(value).mapErr(failure);
  // A job of the sweeper is not retried: the next sweep finds the row again, and retries would pile up.
  return field(job, "sweep") ? ran.map(() => jobDone).orElse(() => okAsync(jobDone)) : ran;
}

const field = ({ payload }: ClaimedJob, name: string): Json | undefined =>
  isObject(payload) ? payload[name] : undefined;

const failure = (cause: unknown): JobFailure => ({ type: "job-failure", permanent: false, cause });
