import { trainingKind, type Avatar, type Training } from "@likeness/core";
import { listTrainings } from "../operator/list-trainings.ts";

/** Prints the trainings with a late result. */
export const sayLateResults = listTrainings({
  find: (orders, moment, limit) => orders.lateBefore(moment, limit, trainingKind.name),
  lineOf,
  none: "There are no late results.",
  hint: "npm run adopt -- <training id> makes its avatar ready.",
});

function lineOf({ id, ownerId, state, nextCheckAt }: Training, avatar: Avatar | undefined): string {
  const ended = "finishedAt" in state ? state.finishedAt : "";
  const why = "reason" in state ? `${state.status} (${state.reason})` : state.status;
  const adopted = avatar?.state.status === "ready" && avatar.state.trainingId === id ? ", adopted" : "";
  const model = "lateOutcome" in state ? state.lateOutcome : undefined;
  const uncopied = model?.weights.blobKey || nextCheckAt ? "" : ", its model was not copied";
  return `${id}  ${ended}  ${why}${adopted}${uncopied}  "${avatar?.name}" of ${ownerId}`;
}
