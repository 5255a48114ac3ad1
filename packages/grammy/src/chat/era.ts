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

/** Shorter than an era, because the price has to find room after it. */
const trainingCharacters = 4;

/** The era of a confirmation card without its photos. */
export const orderEraStart = (overview: Pick<AvatarOverview, "avatar" | "trainings">): string => {
  const era = eraIn(overview);
  return era.charAt(0) + era.slice(1).slice(-trainingCharacters);
};

/**
 * The era of a confirmation card, which includes the photos: with other photos it would order another training. One
 * character holds their number; the price on the card follows it.
 */
export const orderEra = (overview: Pick<AvatarOverview, "avatar" | "trainings" | "readiness">): string =>
  orderEraStart(overview) + (overview.readiness.accepted % 36).toString(36);

/** Whether two eras have the same newest training, even if it is under way in one and has ended in the other. */
export const isSameTraining = (left: string, right: string): boolean => left.slice(1) === right.slice(1);
