import { requestOf, type Training } from "../domain/training.ts";
import { withoutUndefined } from "../domain/without-undefined.ts";

/**
 * What an operator finds a training by, for the log: the training itself, its avatar, whose it is, and its request at the
 * provider once that is known.
 */
export const idsOf = (training: Training): Readonly<Record<string, string>> =>
  withoutUndefined({
    trainingId: training.id,
    avatarId: training.avatarId,
    ownerId: training.ownerId,
    requestId: requestOf(training)?.requestId,
  });
