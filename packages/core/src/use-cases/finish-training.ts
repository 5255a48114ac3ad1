import { err, ok, safeTry, type Result, type ResultAsync } from "neverthrow";
import { modelBlobKeys } from "../domain/model.ts";
import { addSeconds, secondsBetween, type Timestamp } from "../domain/timestamp.ts";
import { modelIn, type Training } from "../domain/training.ts";
import { hasEnded, withModel, type Ended } from "../domain/training-lifecycle.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { atomically } from "./atomically.ts";
import { copyModel, type CopiedModel } from "./copy-model.ts";
import { holdTraining } from "./hold-training.ts";
import { idsOf } from "./ids-of.ts";
import { jobDone } from "./job-done.ts";
import { discardJob } from "./jobs.ts";
import { captureOrRelease } from "./capture-or-release.ts";
import { tellAboutCopy } from "./tell-about-copy.ts";
import { copyDeadline } from "./copy-deadline.ts";

type FinishPorts = Pick<
  Ports,
  "store" | "provider" | "models" | "blobs" | "credits" | "clock" | "ids" | "policy" | "log"
>;

/** A download may take this long before the sweeper thinks that nobody is at it. */
const copySeconds = 1_800;
const firstRetrySeconds = 5;
const longestRetrySeconds = 3_600;

/**
 * What is left to do after a training has ended: credits are captured or released, and the model is copied into our own
 * blobs, because the provider's links may expire. Repeats until both are done; neither waits for the other. A file that
 * cannot be had is given up at the deadline, with an alarm, and the owner is told.
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
 * How long the provider says that a training ran which succeeded. Our own times would not do: an answer, a webhook or a
 * process that was lost in between is in them. Asked for here, where no outcome waits for it; without it nothing is amiss.
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

/** Takes it on, and keeps the sweeper from sending somebody else meanwhile. */
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

/** Half as long again as it has been going on, so at first often and then ever more rarely; a last time at the deadline. */
function retryAt(ports: FinishPorts, training: EndedTraining): Timestamp {
  const now = ports.clock.now();
  const { since, deadlineAt } = copyTimes(ports, training);
  const age = secondsBetween(since, now);
  const next = addSeconds(now, Math.min(longestRetrySeconds, Math.max(firstRetrySeconds, age / 2)));
  return now < deadlineAt && deadlineAt < next ? deadlineAt : next;
}

/** A late result has a deadline of its own; a training that ended before there were deadlines has none on its row. */
function copyTimes({ policy }: FinishPorts, { state, deadlineAt }: EndedTraining) {
  return deadlineAt === undefined
    ? { since: state.finishedAt, deadlineAt: copyDeadline(policy, state.finishedAt) }
    : { since: addSeconds(deadlineAt, -policy.copyDeadlineSeconds), deadlineAt };
}

/** Notes what was done on exactly the row that was taken on: what came in between has to be finished as well. */
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
      // Erased meanwhile: what was copied since has no row that names it.
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

/** Two that each begin anew would never let each other finish, so it is left to whoever took it on since. */
const afterConflict = (
  { store, clock }: FinishPorts,
  { id, nextCheckAt }: EndedTraining,
): ResultAsync<JobOutcome, StorageFailure> =>
  store.trainings
    .find(id)
    .map((found) => (found?.nextCheckAt === nextCheckAt ? { type: "again", at: clock.now() } : jobDone));

/** One line that says whose model it is: from here on it is an operator's business. */
function soundAlarm({ log }: FinishPorts, training: Training, { givenUp }: CopiedModel) {
  if (givenUp.length > 0)
    log.error({ ...idsOf(training), files: givenUp }, "a model could not be copied and is given up");
}

const withTime = (state: Ended, trainedSeconds: number | undefined): Ended =>
  state.status === "succeeded" && trainedSeconds !== undefined
    ? { ...state, model: { ...state.model, trainedSeconds } }
    : state;
