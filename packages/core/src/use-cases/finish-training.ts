import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { isCopied, modelFiles, type Model, type ModelFile } from "../domain/model.ts";
import { secondsBetween, addSeconds } from "../domain/timestamp.ts";
import type { Training, TrainingState } from "../domain/training.ts";
import type { BlobFailure } from "../ports/blob-store.ts";
import type { CreditsFailure } from "../ports/credits.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { ProviderError, RequestNotFound } from "../ports/training-provider.ts";
import { atomically } from "./atomically.ts";
import { holdTraining } from "./hold-training.ts";
import { hastenMessage } from "./tell-owner.ts";

type FinishPorts = Pick<Ports, "store" | "models" | "blobs" | "credits" | "clock" | "log">;

export type FinishTrainingError = StorageFailure | CreditsFailure;

type CopyError = ProviderError | RequestNotFound | BlobFailure;

const done: JobOutcome = { type: "done" };

/**
 * What is left to do after a training has ended: credits are captured or released, and the model is copied into our own
 * blobs, because the provider's links may expire. Repeats until both are done.
 */
export function finishTraining(
  ports: FinishPorts,
  { trainingId }: { readonly trainingId: string },
): ResultAsync<JobOutcome, FinishTrainingError> {
  return safeTry(async function* () {
    const training = yield* ports.store.trainings.find(trainingId);
    if (!training || training.nextCheckAt === undefined) return ok(done);
    const settle = settlements[training.state.status];
    if (!settle) return ok(done);
    yield* settle(ports, training);

    const model = modelOf(training.state);
    if (!model || isCopied(model)) return close(ports, trainingId, model);
    const copied = await copyModel(ports, model);
    if (copied.isOk()) return close(ports, trainingId, copied.value);

    ports.log.warn({ trainingId, error: copied.error }, "the model could not be copied");
    return isFinal(copied.error) ? abandon(ports, trainingId) : tryLater(ports, training);
  });
}

type Settle = (ports: FinishPorts, training: Training) => ResultAsync<void, CreditsFailure>;

/** Only a training that yielded a model costs credits. */
const settlements: Partial<Record<TrainingState["status"], Settle>> = {
  succeeded: ({ credits }, training) => credits.capture(training),
  failed: ({ credits }, training) => credits.release(training),
  cancelled: ({ credits }, training) => credits.release(training),
};

function modelOf(state: TrainingState): Model | undefined {
  if (state.status === "succeeded") return state.model;
  return state.status === "failed" || state.status === "cancelled" ? state.lateModel : undefined;
}

const withModel = (state: TrainingState, model: Model): TrainingState =>
  state.status === "succeeded"
    ? { ...state, model }
    : state.status === "failed" || state.status === "cancelled"
      ? { ...state, lateModel: model }
      : state;

function copyModel(ports: FinishPorts, model: Model): ResultAsync<Model, CopyError> {
  return safeTry(async function* () {
    const copies: Partial<Record<keyof Model, ModelFile>> = {};
    for (const [name, file] of modelFiles(model)) {
      const blobKey = file.blobKey ?? (yield* ports.blobs.put(yield* ports.models.open(file)));
      copies[name] = { ...file, blobKey };
    }
    return ok({ ...model, ...copies });
  });
}

const isFinal = (error: CopyError): boolean => error.type === "provider-refused" || error.type === "request-not-found";

/** Nothing is left to do; the ready message need not wait any longer. */
const close = (ports: FinishPorts, trainingId: string, model: Model | undefined) =>
  atomically(ports.store, (tx) =>
    safeTry(async function* () {
      const training = yield* holdTraining(tx, trainingId);
      if (!training) return ok(done);
      const { nextCheckAt: _done, ...rest } = training;
      yield* tx.trainings.save({ ...rest, state: model ? withModel(training.state, model) : training.state });
      if (training.state.status === "succeeded") yield* hastenMessage(tx, ports, trainingId, "training-ready");
      return ok(done);
    }),
  );

/** The provider no longer has the file. The avatar stays ready for as long as the link is; an operator has to know. */
function abandon(ports: FinishPorts, trainingId: string) {
  ports.log.error({ trainingId }, "the model is gone at the provider before it was copied");
  return close(ports, trainingId, undefined);
}

/** The longer it has been going on, the rarer: at once, then after half its age, up to an hour. */
function tryLater(ports: FinishPorts, training: Training): ResultAsync<JobOutcome, StorageFailure> {
  const now = ports.clock.now();
  const age = secondsBetween("finishedAt" in training.state ? training.state.finishedAt : now, now);
  const at = addSeconds(now, Math.min(3_600, Math.max(5, age / 2)));
  return atomically(ports.store, (tx) =>
    holdTraining(tx, training.id).andThen((held) =>
      held ? tx.trainings.save({ ...held, nextCheckAt: at }).map(() => at) : okAsync(at),
    ),
  ).map((): JobOutcome => ({ type: "again", at }));
}
