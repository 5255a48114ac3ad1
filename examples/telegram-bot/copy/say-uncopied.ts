import { isGivenUp, modelIn, trainingKind, type Avatar, type Model, type Training } from "@likeness/core";
import { listTrainings } from "../operator/list-trainings.ts";

/** Prints the trainings with a model that is not copied. */
export const sayUncopied = listTrainings({
  find: (orders, moment, limit) => orders.uncopiedBefore(moment, limit, trainingKind.name),
  lineOf,
  none: "All models are copied.",
  hint: "npm run copy -- <training id> tries one again.",
});

function lineOf({ id, ownerId, state, nextCheckAt }: Training, avatar: Avatar | undefined): string {
  const ended = "finishedAt" in state ? state.finishedAt : "";
  const model = modelIn(state);
  const missing = model ? missingIn(model) : "";
  const fate = model && nextCheckAt !== undefined && !isGivenUp(model) ? "is being copied" : "given up";
  return `${id}  ${ended}  ${state.status}, ${missing} ${fate}  "${avatar?.name}" of ${ownerId}`;
}

const missingIn = ({ weights, config }: Model): string =>
  [weights.blobKey === undefined ? "weights" : "", config && config.blobKey === undefined ? "configuration" : ""]
    .filter(Boolean)
    .join(" and ");
