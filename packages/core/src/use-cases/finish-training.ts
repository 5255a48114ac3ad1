import { err, ok, okAsync, safeTry, type Result, type ResultAsync } from "neverthrow";
import { isCopied, modelBlobKeys, type Model } from "../domain/model.ts";
import { addSeconds, secondsBetween, type Timestamp } from "../domain/timestamp.ts";
import { modelIn, type Training, type TrainingState } from "../domain/training.ts";
import type { CreditsFailure } from "../ports/credits.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { atomically } from "./atomically.ts";
import { copyModel } from "./copy-model.ts";
import { discardBlobs } from "./discard-blobs.ts";
import { holdTraining } from "./hold-training.ts";
import { jobDone } from "./job-done.ts";
import { settleCredits } from "./settle-credits.ts";
import { hastenMessage } from "./tell-owner.ts";

type FinishPorts = Pick<Ports, "store" | "models" | "blobs" | "credits" | "clock" | "log">;

/** A download may take this long before the sweeper thinks that nobody is at it. */
const copySeconds = 1_800;
const firstRetrySeconds = 5;
const longestRetrySeconds = 3_600;

/**
 * What is left to do after a training has ended: credits are captured or released, and the model is copied into our own
 * blobs, because the provider's links may expire. Repeats until both are done; neither waits for the other.
 */
export function finishTraining(
  ports: FinishPorts,
  { trainingId }: { readonly trainingId: string },
): ResultAsync<JobOutcome, StorageFailure> {
  return safeTry(async function* () {
    const training = yield* begin(ports, trainingId);
    if (!training) return ok(jobDone);
    const settled = await settle(ports, training);
    if (settled.isErr()) ports.log.warn({ trainingId, error: settled.error.type }, "credits could not be settled");

    const model = modelIn(training.state);
    const copy = model && (await copyModel(ports, model));
    const unfinished = settled.isErr() || copy?.unfinished === true;
    return write(ports, training, copy?.model, unfinished ? retryAt(ports, training.state) : undefined);
  });
}

/** Terminal statuses, and what the credits have come to with them. */
const settlements = { succeeded: "capture", failed: "release", cancelled: "release" } as const;

const hasEnded = (state: TrainingState): state is Extract<TrainingState, { status: keyof typeof settlements }> =>
  state.status in settlements;

const settle = ({ credits }: FinishPorts, { id, state }: Training): ResultAsync<void, CreditsFailure> =>
  hasEnded(state)
    ? settleCredits({ credits }, { trainingId: id, outcome: settlements[state.status] })
    : okAsync(undefined);

/** Takes it on, and keeps the sweeper from sending somebody else meanwhile. */
const begin = ({ store, clock }: FinishPorts, trainingId: string): ResultAsync<Training | undefined, StorageFailure> =>
  atomically(store, (tx) =>
    safeTry(async function* () {
      const training = yield* holdTraining(tx, trainingId);
      if (!training || training.nextCheckAt === undefined || !hasEnded(training.state)) return ok(undefined);
      return tx.trainings.save({ ...training, nextCheckAt: addSeconds(clock.now(), copySeconds) });
    }),
  );

const withModel = (state: TrainingState, model: Model): TrainingState => {
  if (state.status === "succeeded") return { ...state, model };
  return state.status === "failed" || state.status === "cancelled" ? { ...state, lateModel: model } : state;
};

/** Half as long again as it has been going on, so at first often and then ever more rarely. */
function retryAt({ clock }: FinishPorts, state: TrainingState): Timestamp {
  const now = clock.now();
  const age = "finishedAt" in state ? secondsBetween(state.finishedAt, now) : 0;
  return addSeconds(now, Math.min(longestRetrySeconds, Math.max(firstRetrySeconds, age / 2)));
}

type Written = Result<JobOutcome, StorageFailure>;

/** Notes what was done on exactly the row that was taken on: what came in between has to be finished as well. */
async function write(
  ports: FinishPorts,
  training: Training,
  model: Model | undefined,
  nextCheckAt: Timestamp | undefined,
): Promise<Written> {
  const { store, clock } = ports;
  const written = await store.atomically((tx) =>
    safeTry(async function* () {
      const held = yield* holdTraining(tx, training.id);
      if (!held) return ok("gone" as const);
      const { nextCheckAt: _taken, ...rest } = training;
      const state = model ? withModel(training.state, model) : training.state;
      yield* tx.trainings.save({ ...rest, state, ...(nextCheckAt && { nextCheckAt }) });
      const ready = state.status === "succeeded" && (isCopied(state.model) || !nextCheckAt);
      if (ready) yield* hastenMessage(tx, ports, training.id, "training-ready");
      return ok("written" as const);
    }),
  );
  if (written.isErr())
    return written.error.type === "storage-failure" ? err(written.error) : ok({ type: "again", at: clock.now() });
  if (written.value === "gone") return forget(ports, model);
  return ok(nextCheckAt ? { type: "again", at: nextCheckAt } : jobDone);
}

/** Erased meanwhile: what was copied since has no row that names it. */
async function forget(ports: FinishPorts, model: Model | undefined): Promise<Written> {
  const keys = model ? modelBlobKeys(model) : [];
  const discarded = await discardBlobs(ports, keys);
  if (discarded.isErr()) ports.log.error({ keys, error: discarded.error.type }, "blobs of an erased training stay");
  return ok(jobDone);
}
