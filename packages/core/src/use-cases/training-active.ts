import type { Avatar } from "../domain/avatar.ts";
import { trainingIdOf } from "../domain/avatar-lifecycle.ts";
import type { TrainingActive } from "../domain/errors.ts";

/** What is answered while an avatar is in training. */
export const trainingActive = ({ state }: Avatar): TrainingActive => ({
  type: "training-active",
  trainingId: trainingIdOf(state),
});
