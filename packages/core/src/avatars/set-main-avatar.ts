import { safeTry, type ResultAsync } from "neverthrow";
import type { Avatar } from "./avatar.ts";
import type { AvatarNotFound } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { atomically } from "../ports/atomically.ts";
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
