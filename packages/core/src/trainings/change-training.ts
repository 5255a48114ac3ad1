import { ok, safeTry, type ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import type { Policy } from "../policy.ts";
import { atomically } from "../ports/atomically.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { addSeconds, type Timestamp } from "../values/timestamp.ts";
import { consequencesOf, endTraining } from "./end-training.ts";
import { advanceTraining, hasEnded, type Ended, type TrainingTransition } from "./training-lifecycle.ts";
import type { Training, TrainingState } from "./training.ts";

/**
 * Reads a training while holding its avatar. The avatar is always locked first, so that two writers of the same avatar
 * cannot deadlock. `undefined` when the training was erased.
 */
export function holdTraining(tx: Repositories, trainingId: string): ResultAsync<Training | undefined, StorageFailure> {
  return safeTry(async function* () {
    const found = yield* tx.trainings.find(trainingId);
    if (!found) return ok(undefined);
    yield* tx.avatars.hold(found.avatarId);
    return tx.trainings.find(trainingId);
  });
}

export type ChangePorts = Pick<Ports, "clock" | "ids" | "policy">;

/**
 * Applies one or more transitions to a training and saves it once, with what its new status requires. The caller holds
 * the avatar. Every change of a training's status goes through this function.
 */
export function changeTraining(
  tx: Repositories,
  ports: ChangePorts,
  training: Training,
  transitions: readonly TrainingTransition[],
): ResultAsync<Training, IllegalTransition | SaveError> {
  return safeTry(async function* () {
    let moved = training;
    for (const transition of transitions) moved = yield* advanceTraining(moved, transition);
    const { state } = moved;
    if (hasEnded(state)) return endTraining(tx, ports, moved, consequencesOf(state));

    const deadlineAt = deadlineOf(state, moved.createdAt, ports.policy);
    return tx.trainings.save({ ...moved, deadlineAt });
  });
}

type Active = Exclude<TrainingState, Ended>;

/** When each status is given up, counted from its own start. */
function deadlineOf(state: Active, createdAt: Timestamp, policy: Policy): Timestamp {
  switch (state.status) {
    case "requested":
      return addSeconds(createdAt, policy.requestDeadlineSeconds);
    case "submitting":
    case "unknown":
      return addSeconds(state.submitStartedAt, policy.unknownDeadlineSeconds);
    case "submitted":
      return addSeconds(state.submittedAt, policy.trainingDeadlineSeconds);
  }
}

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
