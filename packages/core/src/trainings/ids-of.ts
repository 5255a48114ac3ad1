import { requestOf, type Training } from "./training.ts";
import { withoutUndefined } from "../values/without-undefined.ts";

/**
 * The ids of a training for the log: the training's, its avatar's, its owner's, and its request's at the provider once
 * that is known.
 */
export const idsOf = (training: Training): Readonly<Record<string, string>> =>
  withoutUndefined({
    trainingId: training.id,
    avatarId: training.avatarId,
    ownerId: training.ownerId,
    requestId: requestOf(training)?.requestId,
  });
