import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import { jobKinds } from "../domain/job-kinds.ts";
import type { PhotoNotFound, TrainingActive } from "../domain/errors.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { atomically } from "./atomically.ts";

export interface RemovePhoto {
  readonly actor: string;
  readonly photoId: string;
}

export type RemovePhotoError = PhotoNotFound | TrainingActive | StorageFailure;

/** Takes a photo away, with its bytes. Not while a training is under way: it may still need them. */
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
      if (avatar.state.status === "training")
        return err({ type: "training-active", trainingId: avatar.state.trainingId } as const);

      yield* tx.photos.delete(photoId);
      if (photo.state.status === "accepted") {
        const { blobKey } = photo.state;
        yield* tx.jobs.enqueue({ kind: jobKinds.discardBlobs, key: blobKey, payload: { keys: [blobKey] } });
      }
      return ok(undefined);
    }),
  );
}
