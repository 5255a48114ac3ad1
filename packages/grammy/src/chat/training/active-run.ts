import type { AvatarOverview } from "@likeness/core";
import type { Run } from "./progress-card.ts";

/** The training of an avatar that is under way. */
export function activeRun({ avatar, trainings }: AvatarOverview): Run | undefined {
  const { state } = avatar;
  if (state.status !== "training") return undefined;
  const training = trainings.find(({ id }) => id === state.trainingId);
  return training && { avatar, training };
}
