import type { AvatarOverview, AvatarStatus } from "@likeness/core";

/** A part of the id: enough to distinguish the trainings of one avatar, and short enough for callback data. */
const characters = 6;

/**
 * The status of an avatar and its newest training, as its buttons hold them. While both are the same as when a button
 * was drawn, the message above the button is still true.
 */
export const eraOf = (status: AvatarStatus, newestTrainingId = ""): string =>
  status.charAt(0) + newestTrainingId.slice(-characters);

export const eraIn = ({ avatar: { state }, trainings }: Pick<AvatarOverview, "avatar" | "trainings">): string =>
  eraOf(state.status, state.status === "training" ? state.trainingId : trainings[0]?.id);

/** The era of a confirmation card, which includes the photos: with other photos it would order another training. */
export const orderEra = (overview: Pick<AvatarOverview, "avatar" | "trainings" | "readiness">): string =>
  eraIn(overview) + overview.readiness.accepted.toString(36);

/** Whether two eras have the same newest training, even if it is under way in one and has ended in the other. */
export const isSameTraining = (left: string, right: string): boolean => left.slice(1) === right.slice(1);
