import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import { holdOwnAvatar, type AvatarCommand } from "../avatars/own-avatar.ts";
import type { AvatarNotFound } from "../errors.ts";
import { photoJob } from "../jobs/jobs.ts";
import { atomically } from "../ports/atomically.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { appendPhoto } from "./keep-photo.ts";
import { photoRejected, type PhotoRejected } from "./photo-rejection.ts";
import type { Photo, PhotoReference } from "./photo.ts";
import { readiness } from "./readiness.ts";

export interface SubmitPhoto extends AvatarCommand {
  readonly reference: PhotoReference;
}

type SubmitPhotoPorts = Pick<Ports, "store" | "photoSource" | "profiles" | "policy" | "clock" | "ids">;

export type SubmitPhotoError = AvatarNotFound | PhotoRejected | StorageFailure;

/**
 * Stores a photo's reference when it arrives; a job fetches and inspects the photo. The same reference twice is the
 * same photo. Needs a `PhotoSource`.
 */
export function submitPhoto(ports: SubmitPhotoPorts, command: SubmitPhoto): ResultAsync<Photo, SubmitPhotoError> {
  const { store, photoSource, profiles, policy } = ports;
  if (!photoSource) throw new Error("submitPhoto needs a photoSource to fetch the photo from");
  const { avatarId, reference } = command;
  return atomically(store, (tx) =>
    safeTry(async function* () {
      const avatar = yield* holdOwnAvatar(tx, command);
      const photos = yield* tx.photos.listByAvatar(avatarId);
      const known = photos.find((photo) => photo.reference?.key === reference.key);
      if (known) return ok(known);

      const { accepted, maximum } = readiness(photos, profiles[avatar.kind].photos);
      const pending = photos.filter((photo) => photo.state.status === "pending").length;
      // More photos may be pending than the avatar has room for, because some will be rejected; their number is
      // limited.
      if (accepted >= maximum || accepted + pending >= 2 * maximum) return err(limitReached(maximum));
      if (photos.length >= policy.photosPerAvatar) return err(limitReached(policy.photosPerAvatar));

      const photo = yield* appendPhoto(tx, ports, avatar, { reference, state: { status: "pending" } });
      yield* tx.jobs.enqueue(photoJob(photo.id));
      return ok(photo);
    }),
  );
}

const limitReached = (maximum: number): PhotoRejected => photoRejected({ code: "limit-reached", maximum });
