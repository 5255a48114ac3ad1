import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import { jobKinds } from "../jobs/job-kinds.ts";
import { jobDone, trainingJob } from "../jobs/jobs.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { ProviderError, RequestNotFound } from "../ports/training-provider.ts";
import { secondsBetween, type Timestamp } from "../values/timestamp.ts";
import { applyTrainingEvent } from "./apply-training-event.ts";
import { moveTraining } from "./change-training.ts";
import { giveUpTraining } from "./give-up-training.ts";
import { acceptTraining, markUnknown } from "./note-submit-answer.ts";
import { enqueuePoll, isOverdue, nextPoll, reportProviderError, type Looked, type LookPorts } from "./poll.ts";
import type { TrainingEvent } from "./training-event.ts";
import { idsOf, type Training, type TrainingState, type TrainingStatus } from "./training.ts";

export type ReconcileTrainingError = IllegalTransition | StorageFailure;

type Look = (ports: LookPorts, training: Training) => Looked;

const nothing: Look = () => okAsync(undefined);

/** What to check in each status. `finishTraining` handles the terminal ones. */
const looks = {
  requested: nudgeSubmit,
  submitting: lookAtSubmitting,
  submitted: lookAtSubmitted,
  unknown: lookAtUnknown,
  succeeded: nothing,
  failed: nothing,
  cancelled: nothing,
} as const satisfies Record<TrainingStatus, Look>;

/**
 * Polls the provider for a training, gives the training up at its deadline, and schedules the next poll. This alone
 * brings every training to an end, even if no webhook arrives.
 */
export function reconcileTraining(
  ports: LookPorts,
  { trainingId }: { readonly trainingId: string },
): ResultAsync<JobOutcome, ReconcileTrainingError> {
  return safeTry(async function* () {
    const training = yield* ports.store.trainings.find(trainingId);
    if (!training) return ok(jobDone);
    yield* looks[training.state.status](ports, training);
    return reschedule(ports, trainingId);
  });
}

/**
 * Every poll of a training under way ends with the time of the next one, on its row and in a job with the training's id
 * as its key, so that one poll follows even if several jobs ran.
 */
function reschedule(ports: LookPorts, trainingId: string): ResultAsync<JobOutcome, ReconcileTrainingError> {
  const { clock, policy, random } = ports;
  return moveTraining(ports, trainingId, ({ state, deadlineAt }) => {
    const since = waitingSince(state);
    if (since === undefined) return undefined;
    const now = clock.now();
    const usual = nextPoll(since, now, policy, random());
    const nextCheckAt = deadlineAt && deadlineAt > now && deadlineAt < usual ? deadlineAt : usual;
    return { transitions: [], nextCheckAt, alongside: (tx) => enqueuePoll(tx, trainingId, nextCheckAt) };
  }).map(() => jobDone);
}

function waitingSince(state: TrainingState): Timestamp | undefined {
  switch (state.status) {
    case "submitting":
    case "unknown":
      return state.submitStartedAt;
    case "submitted":
      return state.submittedAt;
    default:
      return undefined;
  }
}

function nudgeSubmit({ store }: LookPorts, { id }: Training): Looked {
  return store.jobs.enqueue(trainingJob(jobKinds.submitTraining, id));
}

/** The POST has its own timeout; after twice that, the process that sent it must be gone. */
function lookAtSubmitting(ports: LookPorts, training: Training): Looked {
  const { state } = training;
  if (state.status !== "submitting") return okAsync(undefined);
  const age = secondsBetween(state.submitStartedAt, ports.clock.now());
  if (age < 2 * ports.policy.submitTimeoutSeconds) return okAsync(undefined);
  return markUnknown(ports, training.id).andThen((lost) => (lost ? lookAtUnknown(ports, lost) : okAsync(undefined)));
}

/** A request in the provider's list proves acceptance. Its absence proves nothing before the deadline. */
function lookAtUnknown(ports: LookPorts, training: Training): Looked {
  return safeTry(async function* () {
    const found = await ports.provider.find(training);
    if (found.isOk() && found.value) return acceptTraining(ports, training.id, found.value);
    if (found.isErr()) reportProviderError(ports, training, found.error);
    return isOverdue(ports, training) ? giveUpTraining(ports, training, "submit_unknown") : okAsync(undefined);
  });
}

/** Polls the provider for a training that it has accepted, and applies the answer. */
function lookAtSubmitted(ports: LookPorts, training: Training): Looked {
  if (isOverdue(ports, training)) return timeOut(ports, training);
  return safeTry(async function* () {
    const status = await ports.provider.status(training);
    return status.isOk() ? take(ports, training, status.value) : afterError(ports, training, status.error);
  });
}

/** Cancels it at the provider, so that it costs no more; a result that the last poll finds is still taken. */
function timeOut(ports: LookPorts, training: Training): Looked {
  return safeTry(async function* () {
    const cancelled = await ports.provider.cancel(training);
    if (cancelled.isErr()) reportProviderError(ports, training, cancelled.error);
    const last = await ports.provider.result(training);
    return last.isOk() && last.value.type === "succeeded"
      ? take(ports, training, last.value)
      : giveUpTraining(ports, training, "provider_timeout");
  });
}

/** Fetches the result when the status is `finished`, which does not say whether it succeeded. */
const take = (ports: LookPorts, training: Training, event: TrainingEvent): Looked =>
  event.type === "finished"
    ? takeResult(ports, training)
    : applyTrainingEvent(ports, { trainingId: training.id, event });

function takeResult(ports: LookPorts, training: Training): Looked {
  return safeTry(async function* () {
    const result = await ports.provider.result(training);
    if (result.isOk())
      return result.value.type === "finished" ? okAsync(undefined) : take(ports, training, result.value);
    if (result.error.type === "request-not-found") return noteMissing(ports, training);
    reportProviderError(ports, training, result.error);
    return okAsync(undefined);
  });
}

/** A provider may delete the status of a request before it deletes its result. */
function afterError(ports: LookPorts, training: Training, error: ProviderError | RequestNotFound): Looked {
  if (error.type === "request-not-found") return takeResult(ports, training);
  reportProviderError(ports, training, error);
  return okAsync(undefined);
}

/**
 * A single answer that the request is unknown, or that a finished request has no result, may be a temporary error, so
 * the training fails only when the answer stays the same for some time.
 */
function noteMissing(ports: LookPorts, training: Training): Looked {
  const { clock, policy, log } = ports;
  const now = clock.now();
  const missingSince = (training.state.status === "submitted" && training.state.progress.missingSince) || now;
  log.warn({ ...idsOf(training), missingSince }, "the provider does not know the training, or what came out");
  if (secondsBetween(missingSince, now) >= policy.unknownDeadlineSeconds)
    return giveUpTraining(ports, training, "result_lost");
  return moveTraining(ports, training.id, ({ state }) =>
    state.status === "submitted"
      ? {
          transitions: [{ type: "progress", progress: { position: state.progress.position, missingSince } }],
          nextCheckAt: now,
        }
      : undefined,
  );
}
