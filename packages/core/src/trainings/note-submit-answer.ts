import { okAsync, type Result, type ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import type { ProviderRequest, Training } from "./training.ts";
import { advanceTraining } from "./training-lifecycle.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { SubmitError } from "../ports/training-provider.ts";
import { acceptTraining } from "./accept-training.ts";
import { callOffErased } from "./call-off-erased.ts";
import { deferral } from "../jobs/deferral.ts";
import { eraseTraces } from "../avatars/erase-traces.ts";
import { idsOf } from "./ids-of.ts";
import { jobDone } from "../jobs/job-done.ts";
import { markUnknown } from "./mark-unknown.ts";
import { moveTraining, type MovePorts } from "./move-training.ts";
import { rejectTraining } from "./reject-training.ts";

type NotePorts = MovePorts & Pick<Ports, "provider" | "log">;

/** Applies the provider's answer to the one submit. `requestedUntil`: when a deferred training is given up. */
export function noteSubmitAnswer(
  ports: NotePorts,
  training: Training,
  answer: Result<ProviderRequest, SubmitError>,
  requestedUntil: string | undefined,
): ResultAsync<JobOutcome, IllegalTransition | StorageFailure> {
  const { id: trainingId } = training;
  if (answer.isOk())
    return acceptTraining(ports, trainingId, answer.value)
      .andThen((noted) => (noted === "gone" ? cancelAndErase(ports, training, answer.value) : okAsync(undefined)))
      .map(() => jobDone);
  const { error } = answer;
  switch (error.type) {
    // Not retried, unlike a refused poll: a refused submit means that nothing runs, and the owner can start again at
    // once.
    case "submit-refused":
      return rejectTraining(ports, { trainingId, seen: "submitting", reason: "rejected", detail: error.detail });
    case "submit-deferred": {
      ports.log.warn({ ...idsOf(training), detail: error.detail }, "the provider takes the training later");
      const later = deferral(ports, error.retryAfterSeconds, requestedUntil);
      return deferTraining(ports, trainingId, later.at).map(() => later);
    }
    case "submit-unconfirmed":
      ports.log.warn({ ...idsOf(training), detail: error.detail }, "the provider did not confirm the training");
      return markUnknown(ports, trainingId).map(() => jobDone);
  }
}

/** The avatar was erased during the request, so the accepted training is cancelled and erased at the provider. */
function cancelAndErase(ports: NotePorts, training: Training, request: ProviderRequest) {
  ports.log.error({ ...idsOf(training), requestId: request.requestId }, "the provider accepted an erased training");
  const accepted = advanceTraining(training, { type: "accept", request, at: ports.clock.now() });
  return accepted.asyncAndThen((submitted) =>
    callOffErased(ports, submitted).andThen(() => eraseTraces(ports.store, ports, [submitted])),
  );
}

/** The provider certainly did not accept it, so it goes back to `requested` and may be submitted again. */
const deferTraining = (ports: MovePorts, trainingId: string, nextCheckAt: string) =>
  moveTraining(ports, trainingId, ({ state }) =>
    state.status === "submitting" ? { transitions: [{ type: "retry" }], nextCheckAt } : undefined,
  );
