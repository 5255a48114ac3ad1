import { errAsync, ok, okAsync, safeTry, type Result, type ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../domain/errors.ts";
import { jobKinds } from "../domain/job-kinds.ts";
import { addSeconds } from "../domain/timestamp.ts";
import type { Training } from "../domain/training.ts";
import type { BlobFailure, BlobNotFound } from "../ports/blob-store.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Archive, ProviderError } from "../ports/training-provider.ts";
import { moveTraining } from "./move-training.ts";
import { deferral, rejectTraining, settleSubmission } from "./settle-submission.ts";

type SubmitPorts = Pick<Ports, "store" | "provider" | "blobs" | "webhooks" | "clock" | "ids" | "policy" | "log">;

export type SubmitTrainingError = StorageFailure | BlobFailure | IllegalTransition;

const done: JobOutcome = { type: "done" };

/**
 * Uploads the photos, crosses the line on disk and sends the one paid request. Only a `requested` training is submitted;
 * whoever finds it past the line leaves it alone. So however often this runs, each crossing sends one request, and the
 * line is crossed again only when the provider surely took nothing.
 */
export function submitTraining(
  ports: SubmitPorts,
  { trainingId }: { readonly trainingId: string },
): ResultAsync<JobOutcome, SubmitTrainingError> {
  const { store, provider, clock, webhooks } = ports;
  return safeTry(async function* () {
    const training = yield* store.trainings.find(trainingId);
    if (training?.state.status !== "requested") return ok(done);
    if (training.deadlineAt !== undefined && training.deadlineAt <= clock.now())
      return rejectTraining(ports, trainingId, { reason: "provider_unavailable" });

    const uploaded = await upload(ports, training, training.state.archiveUrl);
    if (uploaded.isErr()) return afterFailedUpload(ports, trainingId, uploaded.error);

    const archiveUrl = uploaded.value;
    const webhookUrl = await webhooks?.address.urlFor(trainingId);
    const crossed = yield* crossTheLine(ports, trainingId, archiveUrl);
    if (!crossed) return ok(done);
    return settleSubmission(ports, trainingId, await provider.submit({ training: crossed, archiveUrl, webhookUrl }));
  });
}

async function upload(
  { provider, blobs }: SubmitPorts,
  { id, snapshot }: Training,
  known: string | undefined,
): Promise<Result<string, ProviderError | BlobFailure | BlobNotFound>> {
  if (known !== undefined) return ok(known);
  const archive: Archive = {
    name: id,
    entries: snapshot.manifest.map(({ file, bytes, blobKey }) => ({ file, bytes, open: () => blobs.get(blobKey) })),
  };
  return provider.upload(archive);
}

/** Nothing was ordered yet, so it may be tried again, or given up without any doubt. */
function afterFailedUpload(
  ports: SubmitPorts,
  trainingId: string,
  error: ProviderError | BlobFailure | BlobNotFound,
): ResultAsync<JobOutcome, SubmitTrainingError> {
  switch (error.type) {
    case "provider-unavailable":
      return okAsync(deferral(ports, error.retryAfterSeconds));
    case "blob-failure":
      return errAsync(error);
    case "blob-not-found":
      return rejectTraining(ports, trainingId, { reason: "photos_missing" });
    case "provider-refused":
      return rejectTraining(ports, trainingId, { reason: "rejected", detail: error.detail });
  }
}

/** `undefined` when somebody else crossed it, or the training was cancelled meanwhile. */
const crossTheLine = (ports: SubmitPorts, trainingId: string, archiveUrl: string) =>
  moveTraining(ports, trainingId, ({ state }) => {
    if (state.status !== "requested") return undefined;
    const at = ports.clock.now();
    const nextCheckAt = addSeconds(at, 2 * ports.policy.submitTimeoutSeconds);
    return {
      transitions: [{ type: "submit", archiveUrl, at }],
      nextCheckAt,
      // If this process dies here, somebody else has to look. Its own key, so that it does not delay the usual poll.
      alongside: (tx) =>
        tx.jobs.enqueue({
          kind: jobKinds.pollTraining,
          key: `${trainingId}:submitting`,
          payload: { trainingId },
          runAt: nextCheckAt,
        }),
    };
  });
