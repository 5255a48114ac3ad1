import { errAsync, ok, okAsync, ResultAsync, safeTry, type Result } from "neverthrow";
import { eraseTraces } from "../avatars/erase-avatar.ts";
import type { IllegalTransition } from "../errors.ts";
import { deferral, jobDone } from "../jobs/jobs.ts";
import type { BlobFailure, BlobNotFound } from "../ports/blob-store.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Archive, ProviderError } from "../ports/training-provider.ts";
import { addSeconds } from "../values/timestamp.ts";
import { moveTraining } from "./change-training.ts";
import type { Crossings } from "./crossings.ts";
import { noteSubmitAnswer, rejectTraining } from "./note-submit-answer.ts";
import { enqueuePoll, isOverdue } from "./poll.ts";
import { hasEnded } from "./training-lifecycle.ts";
import { idsOf, type Training } from "./training.ts";

type SubmitPorts = Pick<Ports, "store" | "provider" | "blobs" | "webhooks" | "clock" | "ids" | "policy" | "log">;

export type SubmitTrainingError = StorageFailure | BlobFailure | IllegalTransition;

export interface SubmitTraining {
  readonly trainingId: string;
  readonly crossings: Crossings;
  /** Aborted when the job is taken from this process: it must not submit any more. */
  readonly signal: AbortSignal;
}

/** How long an upload may take before the sweeper enqueues the job again. */
const uploadSeconds = 600;

/**
 * Uploads the photos, writes `submitting` (the crossing of the line) and sends the one paid request. Only a `requested`
 * training is submitted; in any other status this job does nothing. So each crossing sends one request, and the line is
 * crossed again only when the provider certainly did not accept the request.
 */
export function submitTraining(
  ports: SubmitPorts,
  { trainingId, crossings, signal }: SubmitTraining,
): ResultAsync<JobOutcome, SubmitTrainingError> {
  return safeTry(async function* () {
    const training = yield* begin(ports, trainingId);
    if (!training) return ok(jobDone);
    if (isOverdue(ports, training))
      return rejectTraining(ports, { trainingId, seen: "requested", reason: "provider_unavailable" });

    const uploaded = await upload(ports, training);
    if (uploaded.isErr()) return afterFailedUpload(ports, training, uploaded.error);

    if (signal.aborted) return ok({ type: "again", at: ports.clock.now() } as const);
    return new ResultAsync(crossings.run(() => cross(ports, training, uploaded.value)));
  });
}

const cross = (
  ports: SubmitPorts,
  training: Training,
  archiveUrl: string,
): ResultAsync<JobOutcome, SubmitTrainingError> =>
  safeTry(async function* () {
    const { id: trainingId, deadlineAt } = training;
    const webhookUrl = await ports.webhooks?.address.urlFor(trainingId);
    const crossed = yield* crossTheLine(ports, trainingId, archiveUrl);
    if (!crossed) return eraseUnused(ports, training, archiveUrl).map(() => jobDone);
    const answer = await ports.provider.submit({ training: crossed, archiveUrl, webhookUrl });
    return noteSubmitAnswer(ports, crossed, answer, deadlineAt);
  });

/** Moves `nextCheckAt`, so that the sweeper does not enqueue the job again during the upload. */
const begin = (ports: SubmitPorts, trainingId: string) =>
  moveTraining(ports, trainingId, ({ state }) =>
    state.status === "requested"
      ? { transitions: [], nextCheckAt: addSeconds(ports.clock.now(), uploadSeconds) }
      : undefined,
  );

async function upload(
  { provider, blobs }: SubmitPorts,
  { id, snapshot, state }: Training,
): Promise<Result<string, ProviderError | BlobFailure | BlobNotFound>> {
  if (state.status === "requested" && state.archiveUrl !== undefined) return ok(state.archiveUrl);
  const archive: Archive = {
    name: id,
    entries: snapshot.manifest.map(({ file, bytes, blobKey }) => ({ file, bytes, open: () => blobs.get(blobKey) })),
  };
  return provider.upload(archive);
}

/** Nothing was submitted yet, so the training can be retried or given up safely. */
function afterFailedUpload(
  ports: SubmitPorts,
  training: Training,
  error: ProviderError | BlobFailure | BlobNotFound,
): ResultAsync<JobOutcome, SubmitTrainingError> {
  const { id: trainingId, deadlineAt } = training;
  switch (error.type) {
    case "provider-unavailable":
      ports.log.warn({ ...idsOf(training), detail: error.detail }, "the photos of a training cannot be uploaded yet");
      return okAsync(deferral(ports, error.retryAfterSeconds, deadlineAt));
    case "blob-failure":
      return errAsync(error);
    case "blob-not-found":
      return afterMissingPhoto(ports, training, error);
    // Not retried: a refused key or account stays refused until the operator fixes it, and nothing was submitted.
    case "provider-refused":
      return rejectTraining(ports, { trainingId, seen: "requested", reason: "rejected", detail: error.detail });
  }
}

/** Retries until the deadline: the volume may not be mounted yet, or the bucket may be replicated with a delay. */
function afterMissingPhoto(
  ports: SubmitPorts,
  training: Training,
  { key: blobKey }: BlobNotFound,
): ResultAsync<JobOutcome, SubmitTrainingError> {
  const { id: trainingId, deadlineAt } = training;
  const later = deferral(ports, undefined, deadlineAt);
  if (later.at === deadlineAt)
    return rejectTraining(ports, { trainingId, seen: "requested", reason: "photos_missing" });
  ports.log.warn({ ...idsOf(training), blobKey }, "a photo of a training is not there");
  return okAsync(later);
}

/** Erases an upload whose training was cancelled or erased meanwhile, because no row names it. */
const eraseUnused = (ports: SubmitPorts, training: Training, archiveUrl: string) =>
  ports.store.trainings.find(training.id).andThen((found) => {
    const isUnused = !found || (hasEnded(found.state) && !found.state.archiveUrl);
    return eraseTraces(
      ports.store,
      ports,
      isUnused ? [{ ...training, state: { status: "requested", archiveUrl } }] : [],
    );
  });

/** `undefined` when another process has submitted the training, or it was cancelled meanwhile. */
const crossTheLine = (ports: SubmitPorts, trainingId: string, archiveUrl: string) =>
  moveTraining(ports, trainingId, ({ state }) => {
    if (state.status !== "requested") return undefined;
    const at = ports.clock.now();
    const nextCheckAt = addSeconds(at, 2 * ports.policy.submitTimeoutSeconds);
    return {
      transitions: [{ type: "submit", archiveUrl, at }],
      nextCheckAt,
      // If this process dies before it stores the answer, this job polls the training.
      alongside: (tx) => enqueuePoll(tx, trainingId, nextCheckAt, ":submitting"),
    };
  });
