import type { AvatarOverview, AvatarStatus } from "@likeness/core";

/** Enough of an id to tell the trainings of one avatar apart, and little enough for callback data. */
const characters = 6;

/**
 * Where an avatar stands, as its buttons remember it: its status and its newest training. With both as they were when a
 * button was drawn, the button still means what its message says.
 */
export const eraOf = (status: AvatarStatus, newestTrainingId = ""): string =>
  status.charAt(0) + newestTrainingId.slice(-characters);

export const eraIn = ({ avatar: { state }, trainings }: Pick<AvatarOverview, "avatar" | "trainings">): string =>
  eraOf(state.status, state.status === "training" ? state.trainingId : trainings[0]?.id);

/** The era of what a confirmation card orders: with other photos it would be another training than the card says. */
export const orderEra = (overview: Pick<AvatarOverview, "avatar" | "trainings" | "readiness">): string =>
  eraIn(overview) + overview.readiness.accepted.toString(36);

/** Whether two eras are those of the same training, be it under way in one and over in the other. */
export const isSameTraining = (left: string, right: string): boolean => left.slice(1) === right.slice(1);
