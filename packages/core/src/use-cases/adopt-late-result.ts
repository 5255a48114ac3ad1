import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import type { TrainingActive } from "../domain/errors.ts";
import { modelIn, type Training, type TrainingStatus } from "../domain/training.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { atomically } from "./atomically.ts";
import { endTraining } from "./end-training.ts";
import { holdTraining } from "./hold-training.ts";
import { trainingActive } from "./training-active.ts";

/** An operator's command: it names no actor and is never offered to a person. */
export interface AdoptLateResult {
  readonly trainingId: string;
}

/** There is no such training; it may have been erased with its avatar. */
export interface TrainingNotFound {
  readonly type: "training-not-found";
  readonly trainingId: string;
}

/** Nothing came after the training was given up, its model was gone before it was copied, or it never was given up. */
export interface NoLateResult {
  readonly type: "no-late-result";
  readonly trainingId: string;
  readonly status: TrainingStatus;
}

/** The avatar is ready with the result of this training, which was started later. */
export interface Superseded {
  readonly type: "superseded";
  readonly trainingId: string;
}

export type AdoptLateResultError = TrainingNotFound | NoLateResult | TrainingActive | Superseded | StorageFailure;

export interface Adoption {
  /** `adopted-before`: there was nothing left to do. */
  readonly type: "adopted" | "adopted-before";
  readonly training: Training;
}

/**
 * Lets the late result of a failed or cancelled training count after all: its avatar becomes ready with it, and the owner
 * is told. The training keeps its outcome, so what was released stays released: adopting charges nothing. An older
 * result gives way; a later one, or a training under way, does not.
 */
export function adoptLateResult(
  ports: Pick<Ports, "store" | "clock" | "ids" | "policy">,
  { trainingId }: AdoptLateResult,
): ResultAsync<Adoption, AdoptLateResultError> {
  return atomically(ports.store, (tx) =>
    safeTry(async function* () {
      const training = yield* holdTraining(tx, trainingId);
      const avatar = training && (yield* tx.avatars.find(training.avatarId));
      if (!avatar) return err({ type: "training-not-found", trainingId } as const);
      const { status } = training.state;
      const model = status !== "succeeded" && modelIn(training.state);
      const serving = avatar.state.status === "ready" && (yield* tx.trainings.find(avatar.state.trainingId));
      if (model && serving && serving.id === trainingId) return ok({ type: "adopted-before", training } as const);
      // Neither copied nor going to be: its weights are gone.
      if (!model || model.weights.givenUp || !(model.weights.blobKey ?? training.nextCheckAt))
        return err({ type: "no-late-result", trainingId, status } as const);
      if (serving && serving.createdAt > training.createdAt)
        return err({ type: "superseded", trainingId: serving.id } as const);

      // From here on as after a success in time.
      return endTraining(tx, ports, training, [{ type: "adopt", trainingId }, { template: "training-ready" }])
        .map((adopted) => ({ type: "adopted", training: adopted }) as const)
        .mapErr((error) => (error.type === "illegal-transition" ? trainingActive(avatar) : error));
    }),
  );
}
