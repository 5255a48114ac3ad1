import { ok, safeTry, type ResultAsync } from "neverthrow";
import type { Avatar } from "./avatar.ts";
import type { Photo } from "../photos/photo.ts";
import { readiness, type Readiness } from "../photos/readiness.ts";
import type { Training } from "../trainings/training.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";

/** An avatar with its photos and trainings, as shown to its owner. */
export interface AvatarOverview {
  readonly avatar: Avatar;
  /** In the order of their arrival. */
  readonly photos: readonly Photo[];
  readonly readiness: Readiness;
  /** Newest first. */
  readonly trainings: readonly Training[];
}

export function overviewOf(
  { store, profiles }: Pick<Ports, "store" | "profiles">,
  avatar: Avatar,
): ResultAsync<AvatarOverview, StorageFailure> {
  return safeTry(async function* () {
    const photos = yield* store.photos.listByAvatar(avatar.id);
    const trainings = yield* store.trainings.listByAvatar(avatar.id);
    return ok({ avatar, photos, readiness: readiness(photos, profiles[avatar.kind].photos), trainings });
  });
}
