import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import type { PhotoNotFound, TrainingActive } from "../errors.ts";
import { discardJob } from "../jobs/jobs.ts";
import { atomically } from "../ports/atomically.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { trainingActive } from "../avatars/avatar-lifecycle.ts";

export interface RemovePhoto {
  readonly actor: string;
  readonly photoId: string;
}

export type RemovePhotoError = PhotoNotFound | TrainingActive | StorageFailure;

/** Removes a photo with its bytes. Refused while a training is under way, which may still need them. */
export function removePhoto(
  { store }: Pick<Ports, "store">,
  { actor, photoId }: RemovePhoto,
): ResultAsync<void, RemovePhotoError> {
  const missing: PhotoNotFound = { type: "photo-not-found", photoId };
  return atomically(store, (tx) =>
    safeTry(async function* () {
      const avatarId = (yield* tx.photos.find(photoId))?.avatarId;
      const avatar = avatarId ? yield* tx.avatars.hold(avatarId) : undefined;
      const photo = yield* tx.photos.find(photoId);
      if (!photo || avatar?.ownerId !== actor) return err(missing);
      if (avatar.state.status === "training") return err(trainingActive(avatar));

      yield* tx.photos.delete(photoId);
      if (photo.state.status === "accepted") yield* tx.jobs.enqueue(discardJob(photo.state.blobKey));
      return ok(undefined);
    }),
  );
}
