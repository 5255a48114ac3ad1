import { safeTry, type ResultAsync } from "neverthrow";
import type { AvatarNotFound } from "../errors.ts";
import { atomically } from "../ports/atomically.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { parseAvatarName, type InvalidName } from "./avatar-name.ts";
import type { Avatar } from "./avatar.ts";
import { holdOwnAvatar, type AvatarCommand } from "./own-avatar.ts";

export interface RenameAvatar extends AvatarCommand {
  readonly name: string;
}

export type RenameAvatarError = InvalidName | AvatarNotFound | StorageFailure;

/** Renames an avatar, in any status. */
export function renameAvatar(
  { store, clock }: Pick<Ports, "store" | "clock">,
  command: RenameAvatar,
): ResultAsync<Avatar, RenameAvatarError> {
  return safeTry(async function* () {
    const name = yield* parseAvatarName(command.name);
    return atomically(store, (tx) =>
      holdOwnAvatar(tx, command).andThen((avatar) => tx.avatars.save({ ...avatar, name, updatedAt: clock.now() })),
    );
  });
}
