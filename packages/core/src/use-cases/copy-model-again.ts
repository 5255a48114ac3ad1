import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import { jobKinds } from "../domain/job-kinds.ts";
import { copyOf, isGivenUp, tryAgain } from "../domain/model.ts";
import { modelIn, type Training, type TrainingStatus } from "../domain/training.ts";
import { hasEnded, withModel } from "../domain/training-lifecycle.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { TrainingNotFound } from "./adopt-late-result.ts";
import { atomically } from "./atomically.ts";
import { copyDeadline } from "./copy-deadline.ts";
import { holdTraining } from "./hold-training.ts";
import { trainingJob } from "./jobs.ts";

/** An operator's command: it names no actor and is never offered to a person. */
export interface CopyModelAgain {
  readonly trainingId: string;
}

/** The training has yielded nothing that could be copied. */
export interface NoModel {
  readonly type: "no-model";
  readonly trainingId: string;
  readonly status: TrainingStatus;
}

export type CopyModelAgainError = TrainingNotFound | NoModel | StorageFailure;

export interface AnotherCopy {
  /** `begun` anew · `under-way`, so it was left as it is · `stored`: there is nothing left to do. */
  readonly type: "begun" | "under-way" | "stored";
  readonly training: Training;
}

/**
 * Has the model of a training, also a late one, copied although that was given up: from now until another deadline, and
 * with another alarm then. A job does it, in whichever process; what is being tried anyway is left to that.
 */
export function copyModelAgain(
  ports: Pick<Ports, "store" | "clock" | "policy">,
  { trainingId }: CopyModelAgain,
): ResultAsync<AnotherCopy, CopyModelAgainError> {
  return atomically(ports.store, (tx) =>
    safeTry(async function* () {
      const training = yield* holdTraining(tx, trainingId);
      if (!training) return err({ type: "training-not-found", trainingId } as const);
      const { state } = training;
      const model = modelIn(state);
      if (!model || !hasEnded(state)) return err({ type: "no-model", trainingId, status: state.status } as const);
      if (copyOf(model) === "stored") return ok({ type: "stored", training } as const);
      if (!isGivenUp(model) && training.nextCheckAt !== undefined) return ok({ type: "under-way", training } as const);

      const now = ports.clock.now();
      const begun = yield* tx.trainings.save({
        ...training,
        state: withModel(state, tryAgain(model)),
        nextCheckAt: now,
        deadlineAt: copyDeadline(ports.policy, now),
      });
      yield* tx.jobs.enqueue(trainingJob(jobKinds.finishTraining, trainingId));
      return ok({ type: "begun", training: begun } as const);
    }),
  );
}
