import { safeTry, type ResultAsync } from "neverthrow";
import type { Avatar } from "../avatars/avatar.ts";
import type { Photo } from "./photo.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";

/** Adds a photo to an avatar, with the next number. The caller holds the avatar. */
export function appendPhoto(
  tx: Repositories,
  { clock, ids }: Pick<Ports, "clock" | "ids">,
  avatar: Avatar,
  photo: Pick<Photo, "reference" | "state">,
): ResultAsync<Photo, SaveError> {
  return safeTry(async function* () {
    const number = avatar.photosTaken + 1;
    const now = clock.now();
    yield* tx.avatars.save({ ...avatar, photosTaken: number, updatedAt: now });
    return tx.photos.save({ id: ids.next(), avatarId: avatar.id, number, ...photo, createdAt: now, version: 0 });
  });
}
