import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import { discardBlobs } from "../blobs/discard-blobs.ts";
import { guardBlob } from "../blobs/guard-blob.ts";
import { sendNotification } from "../messages/send-notification.ts";
import { inspectPhoto } from "../photos/inspect-photo.ts";
import type { ClaimedJob, JobFailure, JobHandlers, JobOutcome } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import type { Crossings } from "../trainings/crossings.ts";
import { eraseAtProvider, erasedIn } from "../trainings/erase-at-provider.ts";
import { finishTraining } from "../trainings/finish-training.ts";
import { reconcileTraining } from "../trainings/reconcile-training.ts";
import { submitTraining } from "../trainings/submit-training.ts";
import type { Json } from "../values/json.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import { processDelivery } from "../webhooks/process-delivery.ts";
import { jobKinds } from "./job-kinds.ts";
import { deferral, jobDone } from "./jobs.ts";
import { sweep } from "./sweep.ts";

/** One handler per kind of job. Each is safe to run twice, because it reads its row first. */
export const jobHandlers = (ports: Ports, crossings: Crossings): JobHandlers => ({
  [jobKinds.inspectPhoto]: (job) =>
    withText(job, "photoId", (photoId) => inspectPhoto(ports, { photoId, signal: job.signal })),
  [jobKinds.submitTraining]: (job) =>
    withText(job, "trainingId", (trainingId) => submitTraining(ports, { trainingId, crossings, signal: job.signal })),
  [jobKinds.pollTraining]: (job) =>
    withText(job, "trainingId", (trainingId) => reconcileTraining(ports, { trainingId })),
  [jobKinds.finishTraining]: (job) =>
    withText(job, "trainingId", (trainingId) => finishTraining(ports, { trainingId })),
  [jobKinds.processDelivery]: (job) =>
    withText(job, "deliveryId", (deliveryId) => processDelivery(ports, { deliveryId })),
  [jobKinds.sendNotification]: (job) =>
    withText(job, "notificationId", (notificationId) => sendNotification(ports, { notificationId })),
  // The sweeper finds no row for these four, so they are retried until they succeed.
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
    withText(job, "trainingId", (trainingId) => {
      const outcome = field(job, "outcome") === "capture" ? "capture" : "release";
      return untilItWorks(
        ports,
        job,
        ports.credits[outcome](trainingId).map(() => jobDone),
      );
    }),
  [jobKinds.eraseTraining]: (job) => {
    const erased = erasedIn(job.payload);
    return erased
      ? eraseAtProvider(ports, erased)
      : errAsync({ type: "job-failure", permanent: true, cause: `${job.kind} without a trace` });
  },
  [jobKinds.sweep]: () =>
    sweep(ports)
      .map(() => jobDone)
      .mapErr(failure),
});

const untilItWorks = (
  ports: Ports,
  job: ClaimedJob,
  work: ResultAsync<JobOutcome, { readonly type: string }>,
): ResultAsync<JobOutcome, never> =>
  work.orElse(({ type }) => {
    const { kind, key } = job;
    const ids = withoutUndefined({ trainingId: field(job, "trainingId"), keys: field(job, "keys") });
    ports.log.warn({ kind, key, ...ids, error: type }, "cleaning up has to wait");
    return okAsync(deferral(ports));
  });

/** Runs a use-case with a string of the payload. A payload without it is a permanent failure. */
function withText<E>(
  job: ClaimedJob,
  name: string,
  run: (value: string) => ResultAsync<JobOutcome, E>,
): ResultAsync<JobOutcome, JobFailure> {
  const value = field(job, name);
  if (typeof value !== "string")
    return errAsync({ type: "job-failure", permanent: true, cause: `${job.kind} without ${name}` });
  const ran = run(value).mapErr(failure);
  // A job of the sweeper is not retried: the next sweep finds the row again, and retries would pile up.
  return field(job, "sweep") ? ran.map(() => jobDone).orElse(() => okAsync(jobDone)) : ran;
}

const field = ({ payload }: ClaimedJob, name: string): Json | undefined =>
  isObject(payload) ? payload[name] : undefined;

const isObject = (payload: Json): payload is Readonly<Record<string, Json>> =>
  typeof payload === "object" && payload !== null && !Array.isArray(payload);

const textsIn = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];

const failure = (cause: unknown): JobFailure => ({ type: "job-failure", permanent: false, cause });
