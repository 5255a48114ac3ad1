import type { Avatar } from "@likeness/core";

/** Whether an avatar has a model: it is ready, or it is being trained again and keeps its older model meanwhile. */
export const hasModel = ({ state }: Pick<Avatar, "state">): boolean =>
  state.status === "ready" || (state.status === "training" && state.servingTrainingId !== undefined);
