import { ok, safeTry, type ResultAsync } from "neverthrow";
import type { AvatarNotFound } from "../errors.ts";
import type { Photo } from "../photos/photo.ts";
import { readiness, type Readiness } from "../photos/readiness.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { photoLimits } from "../trainings/profile.ts";
import { trainingKind } from "../trainings/training-kind.ts";
import { isTraining, type Training } from "../trainings/training.ts";
import type { Avatar } from "./avatar.ts";
import { ownAvatar, type AvatarCommand } from "./own-avatar.ts";

/** The actor's avatars, oldest first. */
export function listAvatars(
  ports: Pick<Ports, "store" | "profiles">,
  { actor }: { readonly actor: string },
): ResultAsync<AvatarOverview[], StorageFailure> {
  return safeTry(async function* () {
    const overviews: AvatarOverview[] = [];
    for (const avatar of yield* ports.store.avatars.listByOwner(actor))
      overviews.push(yield* overviewOf(ports, avatar));
    return ok(overviews);
  });
}

export type ViewAvatarError = AvatarNotFound | StorageFailure;

/** One of the actor's avatars, as `listAvatars` shows it. */
export const viewAvatar = (
  ports: Pick<Ports, "store" | "profiles">,
  command: AvatarCommand,
): ResultAsync<AvatarOverview, ViewAvatarError> =>
  ownAvatar(ports.store, command).andThen((avatar) => overviewOf(ports, avatar));

/** An avatar with its photos and trainings, as shown to its owner. */
export interface AvatarOverview {
  readonly avatar: Avatar;
  /** In the order of their arrival. */
  readonly photos: readonly Photo[];
  readonly readiness: Readiness;
  /** Newest first. */
  readonly trainings: readonly Training[];
}

function overviewOf(
  { store, profiles }: Pick<Ports, "store" | "profiles">,
  avatar: Avatar,
): ResultAsync<AvatarOverview, StorageFailure> {
  return safeTry(async function* () {
    const photos = yield* store.photos.listByAvatar(avatar.id);
    const trainings = (yield* store.orders.listByAvatar(avatar.id, trainingKind.name)).filter(isTraining);
    return ok({ avatar, photos, readiness: readiness(photos, photoLimits(profiles, avatar.kind)), trainings });
  });
}
