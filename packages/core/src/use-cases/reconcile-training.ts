import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../domain/errors.ts";
import type { FailureReason } from "../domain/failure-reason.ts";
import { jobKinds } from "../domain/job-kinds.ts";
import { nextPoll } from "../domain/poll-schedule.ts";
import { addSeconds, secondsBetween, type Timestamp } from "../domain/timestamp.ts";
import type { Training, TrainingState, TrainingStatus } from "../domain/training.ts";
import type { TrainingEvent } from "../domain/training-event.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { ProviderError, RequestNotFound } from "../ports/training-provider.ts";
import { applyTrainingEvent } from "./apply-training-event.ts";
import { moveTraining } from "./move-training.ts";
import { acceptTraining, loseTraining } from "./settle-submission.ts";

type ReconcilePorts = Pick<Ports, "store" | "provider" | "clock" | "ids" | "policy" | "log">;

export type ReconcileTrainingError = IllegalTransition | StorageFailure;

type Looked = ResultAsync<unknown, ReconcileTrainingError>;
type Look = (ports: ReconcilePorts, training: Training) => Looked;

const nothing: Look = () => okAsync(undefined);

/** What to look at in each status. Terminal ones are somebody else's business. */
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
 * Asks the provider how a training stands, gives it up at its deadline, and says when to look again. Finishes every
 * training by itself, were no webhook ever to come.
 */
export function reconcileTraining(
  ports: ReconcilePorts,
  { trainingId }: { readonly trainingId: string },
): ResultAsync<JobOutcome, ReconcileTrainingError> {
  return safeTry(async function* () {
    const training = yield* ports.store.trainings.find(trainingId);
    if (!training) return ok(done);
    yield* looks[training.state.status](ports, training);
    return reschedule(ports, trainingId);
  });
}

const done: JobOutcome = { type: "done" };

/** Every look at a training under way ends with the time of the next one, on its row and in the job. */
function reschedule(ports: ReconcilePorts, trainingId: string): ResultAsync<JobOutcome, ReconcileTrainingError> {
  const { clock, policy } = ports;
  return moveTraining(ports, trainingId, ({ state, deadlineAt }) => {
    const since = waitingSince(state);
    if (since === undefined) return undefined;
    const now = clock.now();
    const usual = nextPoll(since, now, policy, Math.random());
    return { transitions: [], nextCheckAt: deadlineAt && deadlineAt > now && deadlineAt < usual ? deadlineAt : usual };
  }).map((training) => (training?.nextCheckAt ? { type: "again", at: training.nextCheckAt } : done));
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

function nudgeSubmit({ store }: ReconcilePorts, { id }: Training): Looked {
  return store.jobs.enqueue({ kind: jobKinds.submitTraining, key: id, payload: { trainingId: id } });
}

/** The one POST has its own timeout; twice that means that whoever sent it is gone. */
function lookAtSubmitting(ports: ReconcilePorts, training: Training): Looked {
  const { state } = training;
  if (state.status !== "submitting") return okAsync(undefined);
  const age = secondsBetween(state.submitStartedAt, ports.clock.now());
  if (age < 2 * ports.policy.submitTimeoutSeconds) return okAsync(undefined);
  return loseTraining(ports, training.id).andThen((lost) => (lost ? lookAtUnknown(ports, lost) : okAsync(undefined)));
}

/** Only presence in the provider's list is proof; absence becomes one with the deadline. */
function lookAtUnknown(ports: ReconcilePorts, training: Training): Looked {
  return safeTry(async function* () {
    const found = await ports.provider.find(training);
    if (found.isOk() && found.value) return acceptTraining(ports, training.id, found.value);
    if (found.isErr()) report(ports, training, found.error);
    return isOverdue(ports, training) ? giveUp(ports, training.id, "submit_unknown") : okAsync(undefined);
  });
}

function lookAtSubmitted(ports: ReconcilePorts, training: Training): Looked {
  if (isOverdue(ports, training)) return timeOut(ports, training);
  return safeTry(async function* () {
    const status = await ports.provider.status(training);
    return status.isOk() ? take(ports, training, status.value) : afterError(ports, training, status.error);
  });
}

/** Cancelled at the provider, so that it does not bill on; a result that is there at the last look is still taken. */
function timeOut(ports: ReconcilePorts, training: Training): Looked {
  return safeTry(async function* () {
    const cancelled = await ports.provider.cancel(training);
    if (cancelled.isErr()) report(ports, training, cancelled.error);
    const last = await ports.provider.result(training);
    return last.isOk() && last.value.type === "succeeded"
      ? take(ports, training, last.value)
      : giveUp(ports, training.id, "provider_timeout");
  });
}

/** `finished` says that there is an outcome; the result says which. */
function take(ports: ReconcilePorts, training: Training, event: TrainingEvent): Looked {
  if (event.type !== "finished") return applyTrainingEvent(ports, { trainingId: training.id, event });
  return safeTry(async function* () {
    const result = await ports.provider.result(training);
    if (result.isOk())
      return result.value.type === "finished" ? okAsync(undefined) : take(ports, training, result.value);
    if (result.error.type === "request-not-found") return giveUp(ports, training.id, "result_lost");
    report(ports, training, result.error);
    return okAsync(undefined);
  });
}

function afterError(ports: ReconcilePorts, training: Training, error: ProviderError | RequestNotFound): Looked {
  if (error.type === "request-not-found") return noteMissing(ports, training);
  report(ports, training, error);
  return okAsync(undefined);
}

/** A provider that forgot a request for good will not end it either; one that hiccups will know it again. */
function noteMissing(ports: ReconcilePorts, training: Training): Looked {
  const { clock, policy, log } = ports;
  const now = clock.now();
  const missingSince = (training.state.status === "submitted" && training.state.progress.missingSince) || now;
  log.warn({ trainingId: training.id, missingSince }, "the provider does not know the training");
  if (secondsBetween(missingSince, now) >= policy.unknownDeadlineSeconds)
    return giveUp(ports, training.id, "result_lost");
  return moveTraining(ports, training.id, ({ state }) =>
    state.status === "submitted"
      ? {
          transitions: [{ type: "progress", progress: { position: state.progress.position, missingSince } }],
          nextCheckAt: addSeconds(now, policy.pollSeconds),
        }
      : undefined,
  );
}

function giveUp(ports: ReconcilePorts, trainingId: string, reason: FailureReason): Looked {
  return moveTraining(ports, trainingId, ({ state }) => {
    if (state.status !== "submitted" && state.status !== "unknown") return undefined;
    const at = ports.clock.now();
    ports.log.error({ trainingId, reason }, "the training is given up");
    return { transitions: [{ type: "fail", reason, at }], nextCheckAt: at };
  });
}

const isOverdue = ({ clock }: ReconcilePorts, { deadlineAt }: Training): boolean =>
  deadlineAt !== undefined && deadlineAt <= clock.now();

const report = ({ log }: ReconcilePorts, { id: trainingId }: Training, error: ProviderError | RequestNotFound): void =>
  log.warn({ trainingId, error }, "the provider gave no answer about the training");
