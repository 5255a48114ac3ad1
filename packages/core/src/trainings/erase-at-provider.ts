import { okAsync, type ResultAsync } from "neverthrow";
import { jobKinds } from "../jobs/job-kinds.ts";
import { deferral, jobDone } from "../jobs/jobs.ts";
import type { Job, JobOutcome } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import type { TrainingTrace } from "../ports/training-provider.ts";
import type { Json } from "../values/json.ts";
import type { Timestamp } from "../values/timestamp.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import { idsOf, requestOf, type Training } from "./training.ts";

/**
 * Asks the provider to erase its data of an erased training, until it has done so, refuses, or the deadline has passed:
 * a request that the provider calls running for ever has no other end. What the provider keeps is logged once, with the
 * ids by which an operator finds it there.
 */
export function eraseAtProvider(
  ports: Pick<Ports, "provider" | "clock" | "log">,
  { trace, avatarId, until }: ErasedTraining,
): ResultAsync<JobOutcome, never> {
  const { provider, clock, log } = ports;
  if (!provider.erase) return okAsync(jobDone);
  // The job's payload is all that is left of the training.
  const ids = withoutUndefined({ trainingId: trace.trainingId, avatarId, requestId: trace.requestId });
  return provider
    .erase(trace)
    .map((): JobOutcome => jobDone)
    .orElse((error) => {
      const { detail } = error;
      if (error.type === "provider-refused") {
        log.warn({ ...ids, status: error.status, detail }, "the provider keeps something of an erased training");
        return okAsync(jobDone);
      }
      if (until !== undefined && until <= clock.now()) {
        log.error({ ...ids, detail }, "erasing at the provider is given up");
        return okAsync(jobDone);
      }
      log.warn({ ...ids, detail }, "erasing at the provider has to wait");
      return okAsync(deferral(ports, error.retryAfterSeconds, until));
    });
}

/** What to erase at the provider; `undefined` while nothing of the training can have reached it. */
export function traceOf(training: Training): TrainingTrace | undefined {
  const { id: trainingId, snapshot, state, createdAt } = training;
  const { endpoint, archiveField } = snapshot;
  const { requestId, statusUrl, cancelUrl } = requestOf(training) ?? {};
  const { archiveUrl } = state;
  // A failed training does not store when it was submitted, which cannot have been before it was created.
  const madeAt = state.status === "failed" ? createdAt : undefined;
  const submitStartedAt = "submitStartedAt" in state ? state.submitStartedAt : madeAt;
  if (archiveUrl === undefined && requestId === undefined) return undefined;
  const known = withoutUndefined({ archiveUrl, submitStartedAt, requestId, statusUrl, cancelUrl });
  return { trainingId, endpoint, archiveField, ...known };
}

/** What is left of an erased training until the provider has erased its part. */
export interface ErasedTraining {
  readonly trace: TrainingTrace;
  /** Absent, like `until`, in jobs of version 0.1. */
  readonly avatarId?: string | undefined;
  /** The time of the last attempt. */
  readonly until?: Timestamp | undefined;
}

/** Asks the provider to erase its data of an erased training. A request accepted after that needs its own job. */
export const eraseJob = ({ trace, avatarId, until }: ErasedTraining): Job => ({
  kind: jobKinds.eraseTraining,
  key: `${trace.trainingId}:${trace.requestId ?? ""}`,
  payload: withoutUndefined({ ...trace, avatarId, until }),
});

/** Reads it from the payload of a job; `undefined` when there is none. */
export function erasedIn(payload: Json): ErasedTraining | undefined {
  const strings: Partial<Record<string, string>> = Object.fromEntries(
    Object.entries(payload ?? {}).filter(([, value]) => typeof value === "string"),
  );
  const { trainingId, endpoint, archiveField, avatarId, until, ...known } = strings;
  if (trainingId === undefined || endpoint === undefined || archiveField === undefined) return undefined;
  return { trace: { trainingId, endpoint, archiveField, ...known }, avatarId, until };
}

/** Asks the provider to stop an erased training. Its answer is ignored, because no row depends on it. */
export const callOffErased = (
  { provider, log }: Pick<Ports, "provider" | "log">,
  training: Training,
): ResultAsync<unknown, never> =>
  provider.cancel(training).orElse((error) => {
    log.warn({ ...idsOf(training), error: error.type }, "an erased training could not be cancelled");
    return okAsync(undefined);
  });
