import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import { holdOwnAvatar, type AvatarCommand } from "../avatars/own-avatar.ts";
import type { AvatarNotFound } from "../errors.ts";
import { photoJob } from "../jobs/jobs.ts";
import type { NotAllowed } from "../guards/guard-errors.ts";
import { checkAllowed } from "../guards/guards.ts";
import { noteSign } from "../owners/sign-of-life.ts";
import { atomically } from "../ports/atomically.ts";
import type { ConsentMissing } from "../owners/consent.ts";
import { requireConsent } from "../owners/valid-consent.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { appendPhoto, arrivalLimit } from "./keep-photo.ts";
import { photoRejected, type PhotoRejected } from "./photo-rejection.ts";
import type { Photo, PhotoReference } from "./photo.ts";

export interface SubmitPhoto extends AvatarCommand {
  readonly reference: PhotoReference;
}

type SubmitPhotoPorts = Pick<
  Ports,
  "store" | "photoSource" | "consent" | "profiles" | "policy" | "guards" | "clock" | "ids"
>;

export type SubmitPhotoError = NotAllowed | AvatarNotFound | ConsentMissing | PhotoRejected | StorageFailure;

/**
 * Stores a photo's reference when it arrives; a job fetches and inspects the photo. The same reference twice is the
 * same photo. Needs a `PhotoSource`.
 */
export function submitPhoto(ports: SubmitPhotoPorts, command: SubmitPhoto): ResultAsync<Photo, SubmitPhotoError> {
  const { store, photoSource } = ports;
  if (!photoSource) throw new Error("submitPhoto needs a photoSource to fetch the photo from");
  const { avatarId, reference } = command;
  return atomically(store, (tx) =>
    safeTry(async function* () {
      yield* checkAllowed(ports, command.actor);
      const avatar = yield* holdOwnAvatar(tx, command);
      const photos = yield* tx.photos.listByAvatar(avatarId);
      const known = photos.find((photo) => photo.reference?.key === reference.key);
      if (known) return ok(known);

      yield* noteSign(tx, ports, avatar.ownerId);
      yield* requireConsent(tx, ports, avatar.ownerId);
      const limit = arrivalLimit(ports, avatar, photos);
      if (limit) return err(photoRejected(limit));

      const photo = yield* appendPhoto(tx, ports, avatar, { reference, state: { status: "pending" } });
      yield* tx.jobs.enqueue(photoJob(photo.id));
      return ok(photo);
    }),
  );
}
