import { okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { AvatarNotFound } from "../errors.ts";
import { atomically } from "../ports/atomically.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import type { Avatar, AvatarState } from "./avatar.ts";
import { ownAvatar, type AvatarCommand } from "./own-avatar.ts";

export type SetMainAvatarError = AvatarNotFound | StorageFailure;

/** Makes an avatar the owner's main one instead of the previous one. */
export function setMainAvatar(
  { store }: Pick<Ports, "store">,
  command: AvatarCommand,
): ResultAsync<Avatar, SetMainAvatarError> {
  return atomically(store, (tx) =>
    safeTry(async function* () {
      yield* ownAvatar(tx, command);
      yield* tx.avatars.setMain(command.actor, command.avatarId);
      return ownAvatar(tx, command);
    }),
  );
}

/**
 * If none of an owner's avatars is the main one, makes one with a model the main one. One that is ready is preferred to
 * one that is being trained again; among those, the one trained last.
 */
export const chooseMain = ({ avatars }: Repositories, ownerId: string): ResultAsync<void, SaveError> =>
  avatars.listByOwner(ownerId).andThen((owned) => {
    if (owned.some(({ main }) => main)) return okAsync(undefined);
    const [chosen] = owned
      .flatMap(({ id, state }) => ranks(state).map((rank) => ({ id, rank })))
      .toSorted((left, right) => (left.rank < right.rank ? 1 : -1));
    return chosen ? avatars.setMain(ownerId, chosen.id) : okAsync(undefined);
  });

/** The greatest rank is chosen; an avatar without a model has none. Ids of trainings begin with their time. */
function ranks(state: AvatarState): readonly string[] {
  if (state.status === "ready") return [`1${state.trainingId}`];
  return state.status === "training" && state.servingTrainingId ? [`0${state.servingTrainingId}`] : [];
}
