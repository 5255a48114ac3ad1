import { okAsync, type ResultAsync } from "neverthrow";
import type { AvatarState } from "../domain/avatar.ts";
import type { SaveError } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";

/**
 * Where none of an owner's avatars is the main one, makes one so that has a model: the one that was trained last, and one
 * that is ready rather than one that is being trained again.
 */
export const chooseMain = ({ avatars }: Repositories, ownerId: string): ResultAsync<void, SaveError> =>
  avatars.listByOwner(ownerId).andThen((owned) => {
    if (owned.some(({ main }) => main)) return okAsync(undefined);
    const [chosen] = owned
      .flatMap(({ id, state }) => ranks(state).map((rank) => ({ id, rank })))
      .toSorted((left, right) => (left.rank < right.rank ? 1 : -1));
    return chosen ? avatars.setMain(ownerId, chosen.id) : okAsync(undefined);
  });

/** Greater is better; none without a model. Ids of trainings begin with their time. */
function ranks(state: AvatarState): readonly string[] {
  if (state.status === "ready") return [`1${state.trainingId}`];
  return state.status === "training" && state.servingTrainingId ? [`0${state.servingTrainingId}`] : [];
}
