import type { Avatar } from "@likeness/core";

/** Whether images can be made of an avatar: it is ready, or an older model serves while it is trained again. */
export const hasModel = ({ state }: Pick<Avatar, "state">): boolean =>
  state.status === "ready" || (state.status === "training" && state.servingTrainingId !== undefined);
