import { err, ok, safeTry, type Result, type ResultAsync } from "neverthrow";
import { captureOrRelease } from "../credits/capture-or-release.ts";
import { discardJob, jobDone } from "../jobs/jobs.ts";
import { tellAboutCopy } from "../messages/tell-owner.ts";
import { copyModel, type CopiedModel } from "../models/copy-model.ts";
import { copyDeadline, modelBlobKeys } from "../models/model.ts";
import { atomically } from "../ports/atomically.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { addSeconds, secondsBetween, type Timestamp } from "../values/timestamp.ts";
import { holdTraining } from "./change-training.ts";
import { hasEnded, withModel, type Ended } from "./training-lifecycle.ts";
import { idsOf, modelIn, type Training } from "./training.ts";

type FinishPorts = Pick<
  Ports,
  "store" | "provider" | "models" | "blobs" | "credits" | "clock" | "ids" | "policy" | "log"
>;

/** How long a download may take before the sweeper enqueues the job again. */
const copySeconds = 1_800;
const firstRetrySeconds = 5;
const longestRetrySeconds = 3_600;

/**
 * The work after a training has ended: captures or releases the credits, and copies the model into our own blob store,
 * because the provider's links may expire. The job repeats until both are done; neither waits for the other. A file
 * that cannot be read is given up at the deadline: an error is logged and the owner is told.
 */
export function finishTraining(
  ports: FinishPorts,
  { trainingId }: { readonly trainingId: string },
): ResultAsync<JobOutcome, StorageFailure> {
  return safeTry(async function* () {
    const training = yield* begin(ports, trainingId, yield* askTime(ports, trainingId));
    if (!training) return ok(jobDone);
    const charged = await captureOrRelease(ports, training);
    if (charged.isErr())
      ports.log.warn({ ...idsOf(training), error: charged.error.type }, "credits could not be settled");

    const model = modelIn(training.state);
    const { deadlineAt } = copyTimes(ports, training);
    const copy = model && (await copyModel(ports, training, model, deadlineAt <= ports.clock.now()));
    const unfinished = charged.isErr() || (copy && copy.missing.length > 0);
    return write(ports, training, copy, unfinished ? retryAt(ports, training) : undefined);
  });
}

interface EndedTraining extends Training {
  readonly state: Ended;
}

/**
 * Asks the provider how long a succeeded training ran. Our own timestamps also contain the delay of lost answers,
 * webhooks and processes. It is asked here, because the outcome does not wait for this job; without an answer the value
 * stays absent.
 */
const askTime = (
  { store, provider }: FinishPorts,
  trainingId: string,
): ResultAsync<number | undefined, StorageFailure> =>
  safeTry(async function* () {
    const training = yield* store.trainings.find(trainingId);
    if (training?.nextCheckAt === undefined || training.state.status !== "succeeded") return ok(undefined);
    if (training.state.model.trainedSeconds !== undefined) return ok(undefined);
    const status = await provider.status(training);
    return ok(status.isOk() && status.value.type === "finished" ? status.value.trainedSeconds : undefined);
  });

/** Moves `nextCheckAt`, so that the sweeper does not enqueue the job again while this one runs. */
const begin = (
  { store, clock }: FinishPorts,
  trainingId: string,
  trainedSeconds: number | undefined,
): ResultAsync<EndedTraining | undefined, StorageFailure> =>
  atomically(store, (tx) =>
    safeTry(async function* () {
      const training = yield* holdTraining(tx, trainingId);
      if (!training || training.nextCheckAt === undefined || !hasEnded(training.state)) return ok(undefined);
      const state = withTime(training.state, trainedSeconds);
      const nextCheckAt = addSeconds(clock.now(), copySeconds);
      return tx.trainings.save({ ...training, state, nextCheckAt }).map((taken) => ({ ...taken, state }));
    }),
  );

/** Each wait is half of the time since the end, so the attempts get rarer; the last one is at the deadline. */
function retryAt(ports: FinishPorts, training: EndedTraining): Timestamp {
  const now = ports.clock.now();
  const { since, deadlineAt } = copyTimes(ports, training);
  const age = secondsBetween(since, now);
  const next = addSeconds(now, Math.min(longestRetrySeconds, Math.max(firstRetrySeconds, age / 2)));
  return now < deadlineAt && deadlineAt < next ? deadlineAt : next;
}

/** A late result has its own deadline. The rows of trainings that ended before this field existed have none. */
function copyTimes({ policy }: FinishPorts, { state, deadlineAt }: EndedTraining) {
  return deadlineAt === undefined
    ? { since: state.finishedAt, deadlineAt: copyDeadline(policy, state.finishedAt) }
    : { since: addSeconds(deadlineAt, -policy.copyDeadlineSeconds), deadlineAt };
}

/**
 * Saves the row only at the version that was read: if another process changed it, its change has to be finished too.
 */
async function write(
  ports: FinishPorts,
  training: EndedTraining,
  copy: CopiedModel | undefined,
  nextCheckAt: Timestamp | undefined,
): Promise<Result<JobOutcome, StorageFailure>> {
  const { store } = ports;
  const { id: trainingId } = training;
  const written = await store.atomically((tx) =>
    safeTry(async function* () {
      // The training was erased meanwhile, so no row names the files copied since.
      if (!(yield* holdTraining(tx, trainingId)))
        return tx.jobs.enqueue(discardJob(trainingId, copy ? modelBlobKeys(copy.model) : []));
      const state = copy ? withModel(training.state, copy.model) : training.state;
      const deadlineAt = nextCheckAt && training.deadlineAt;
      yield* tx.trainings.save({ ...training, state, nextCheckAt, deadlineAt });
      return copy ? tellAboutCopy(tx, ports, training, copy) : ok(undefined);
    }),
  );
  if (written.isOk() && copy) soundAlarm(ports, training, copy);
  if (written.isErr())
    return written.error.type === "storage-failure" ? err(written.error) : afterConflict(ports, training);
  return ok(nextCheckAt ? { type: "again", at: nextCheckAt } : jobDone);
}

/** Leaves the row to the process that changed it: if both started again, each would interrupt the other for ever. */
const afterConflict = (
  { store, clock }: FinishPorts,
  { id, nextCheckAt }: EndedTraining,
): ResultAsync<JobOutcome, StorageFailure> =>
  store.trainings
    .find(id)
    .map((found) => (found?.nextCheckAt === nextCheckAt ? { type: "again", at: clock.now() } : jobDone));

/** Logs one error with the owner's id: an operator has to decide what to do. */
function soundAlarm({ log }: FinishPorts, training: Training, { givenUp }: CopiedModel) {
  if (givenUp.length > 0)
    log.error({ ...idsOf(training), files: givenUp }, "a model could not be copied and is given up");
}

const withTime = (state: Ended, trainedSeconds: number | undefined): Ended =>
  state.status === "succeeded" && trainedSeconds !== undefined
    ? { ...state, model: { ...state.model, trainedSeconds } }
    : state;
