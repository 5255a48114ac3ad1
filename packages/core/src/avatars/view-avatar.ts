import type { ResultAsync } from "neverthrow";
import type { AvatarNotFound } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { overviewOf, type AvatarOverview } from "./avatar-overview.ts";
import { ownAvatar, type AvatarCommand } from "./own-avatar.ts";

export type ViewAvatarError = AvatarNotFound | StorageFailure;

/** One of the actor's avatars, as `listAvatars` shows it. */
export const viewAvatar = (
  ports: Pick<Ports, "store" | "profiles">,
  command: AvatarCommand,
): ResultAsync<AvatarOverview, ViewAvatarError> =>
  ownAvatar(ports.store, command).andThen((avatar) => overviewOf(ports, avatar));
