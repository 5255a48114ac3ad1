import type { Avatar } from "../domain/avatar.ts";
import { trainingIdOf } from "../domain/avatar-lifecycle.ts";
import type { TrainingActive } from "../domain/errors.ts";

/** The error for a command that needs an avatar without a training under way. */
export const trainingActive = ({ state }: Avatar): TrainingActive => ({
  type: "training-active",
  trainingId: trainingIdOf(state),
});
