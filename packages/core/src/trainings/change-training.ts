import { safeTry, type ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import { advanceTraining, hasEnded, type Ended, type TrainingTransition } from "./training-lifecycle.ts";
import { addSeconds, type Timestamp } from "../values/timestamp.ts";
import type { Training, TrainingState } from "./training.ts";
import type { Policy } from "../policy.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { consequencesOf, endTraining } from "./end-training.ts";

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
