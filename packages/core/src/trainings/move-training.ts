import { ok, safeTry, type ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import type { Timestamp } from "../values/timestamp.ts";
import type { Training } from "./training.ts";
import type { TrainingTransition } from "./training-lifecycle.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { atomically } from "../ports/atomically.ts";
import { changeTraining, type ChangePorts } from "./change-training.ts";
import { holdTraining } from "./hold-training.ts";

/** The transitions of a training, and when to look at it next. */
export interface Move {
  readonly transitions: readonly TrainingTransition[];
  /** Ignored when the training ends. */
  readonly nextCheckAt: Timestamp;
  /** Written in the same transaction. */
  readonly alongside?: (tx: Repositories, training: Training) => ResultAsync<unknown, SaveError>;
}

export type MovePorts = ChangePorts & Pick<Ports, "store">;

/**
 * Reads a training, passes it to `decide` and applies the move that it returns, all in one transaction. `undefined`:
 * the training is gone, or `decide` returned no move.
 */
export function moveTraining(
  ports: MovePorts,
  trainingId: string,
  decide: (training: Training) => Move | undefined,
): ResultAsync<Training | undefined, IllegalTransition | StorageFailure> {
  return atomically(ports.store, (tx) =>
    safeTry(async function* () {
      const training = yield* holdTraining(tx, trainingId);
      const move = training && decide(training);
      if (!move) return ok(undefined);
      const { transitions, nextCheckAt, alongside } = move;
      const moved = yield* changeTraining(tx, ports, { ...training, nextCheckAt }, transitions);
      if (alongside) yield* alongside(tx, moved);
      return ok(moved);
    }),
  );
}
