import { ok, safeTry, type ResultAsync } from "neverthrow";
import type { Training } from "./training.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";

/**
 * Reads a training while holding its avatar. The avatar is always locked first, so that two writers of the same avatar
 * cannot deadlock. `undefined` when the training was erased.
 */
export function holdTraining(tx: Repositories, trainingId: string): ResultAsync<Training | undefined, StorageFailure> {
  return safeTry(async function* () {
    const found = yield* tx.trainings.find(trainingId);
    if (!found) return ok(undefined);
    yield* tx.avatars.hold(found.avatarId);
    return tx.trainings.find(trainingId);
  });
}
