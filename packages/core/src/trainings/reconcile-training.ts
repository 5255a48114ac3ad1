import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import { jobKinds } from "../jobs/job-kinds.ts";
import { nextPoll } from "./poll-schedule.ts";
import { secondsBetween, type Timestamp } from "../values/timestamp.ts";
import type { Training, TrainingState, TrainingStatus } from "./training.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { acceptTraining } from "./accept-training.ts";
import { enqueuePoll } from "./enqueue-poll.ts";
import { giveUpTraining } from "./give-up-training.ts";
import { jobDone } from "../jobs/job-done.ts";
import { lookAtSubmitted } from "./look-at-submitted.ts";
import { isOverdue, reportProviderError, type Looked, type LookPorts } from "./look.ts";
import { markUnknown } from "./mark-unknown.ts";
import { moveTraining } from "./move-training.ts";
import { trainingJob } from "../jobs/jobs.ts";

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
