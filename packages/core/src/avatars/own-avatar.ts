import { err, ok, type ResultAsync } from "neverthrow";
import type { AvatarNotFound } from "../errors.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import type { Avatar } from "./avatar.ts";

/** Every command names its actor, and acts only on what belongs to that actor. */
export interface AvatarCommand {
  /** Owner id of the person who asks, e.g. `telegram:42`. */
  readonly actor: string;
  readonly avatarId: string;
}

/** The actor's avatar. Another owner's avatar is answered exactly like a missing one. */
export const ownAvatar = (
  { avatars }: Pick<Repositories, "avatars">,
  command: AvatarCommand,
): ResultAsync<Avatar, AvatarNotFound | StorageFailure> =>
  avatars.find(command.avatarId).andThen((avatar) => checkOwner(avatar, command));

/** The same, held until the transaction ends. */
export const holdOwnAvatar = (
  { avatars }: Pick<Repositories, "avatars">,
  command: AvatarCommand,
): ResultAsync<Avatar, AvatarNotFound | StorageFailure> =>
  avatars.hold(command.avatarId).andThen((avatar) => checkOwner(avatar, command));

const checkOwner = (avatar: Avatar | undefined, { actor, avatarId }: AvatarCommand) =>
  avatar && avatar.ownerId === actor ? ok(avatar) : err({ type: "avatar-not-found", avatarId } as const);
