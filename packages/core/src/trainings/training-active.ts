import { trainingIdOf } from "../avatars/avatar-lifecycle.ts";
import type { Avatar } from "../avatars/avatar.ts";
import type { TrainingActive } from "../errors.ts";

/** The error for a command that needs an avatar without a training under way. */
export const trainingActive = ({ state }: Avatar): TrainingActive => ({
  type: "training-active",
  trainingId: trainingIdOf(state),
});
