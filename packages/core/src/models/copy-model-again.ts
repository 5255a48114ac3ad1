import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import { jobKinds } from "../jobs/job-kinds.ts";
import { trainingJob } from "../jobs/jobs.ts";
import { atomically } from "../ports/atomically.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { TrainingNotFound } from "../trainings/adopt-late-result.ts";
import { holdTraining } from "../trainings/change-training.ts";
import { hasEnded, withModel } from "../trainings/training-lifecycle.ts";
import { modelIn, type Training, type TrainingStatus } from "../trainings/training.ts";
import { copyDeadline, copyOf, isGivenUp, tryAgain } from "./model.ts";

/** An operator's command: it names no actor and is never offered to a person. */
export interface CopyModelAgain {
  readonly trainingId: string;
}

/** The training has no model that could be copied. */
export interface NoModel {
  readonly type: "no-model";
  readonly trainingId: string;
  readonly status: TrainingStatus;
}

export type CopyModelAgainError = TrainingNotFound | NoModel | StorageFailure;

export interface AnotherCopy {
  /** `begun`: a job copies it now · `under-way`: a job is copying it already · `stored`: it is copied already. */
  readonly type: "begun" | "under-way" | "stored";
  readonly training: Training;
}

/**
 * Copies the model of a training, also a late one, after copying it was given up: a job, in any process, tries until
 * a new deadline, and logs an error if it gives up again. A copy under way is not disturbed.
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
