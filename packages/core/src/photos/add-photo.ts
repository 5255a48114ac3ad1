import { errAsync, safeTry, type ResultAsync } from "neverthrow";
import { ownAvatar, type AvatarCommand } from "../avatars/own-avatar.ts";
import type { AvatarNotFound } from "../errors.ts";
import type { ConsentMissing } from "../owners/consent.ts";
import { noteSign } from "../owners/sign-of-life.ts";
import { requireConsent } from "../owners/valid-consent.ts";
import type { NotAllowed } from "../guards/guard-errors.ts";
import { checkAllowed } from "../guards/guards.ts";
import type { BlobFailure } from "../ports/blob-store.ts";
import type { InspectorFailure } from "../ports/photo-inspector.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { appendPhoto, keepPhoto } from "./keep-photo.ts";
import type { PhotoRejected } from "./photo-rejection.ts";
import type { Photo } from "./photo.ts";

export interface AddPhoto extends AvatarCommand {
  /** The file as it was received, in any format. */
  readonly bytes: Uint8Array;
}

export type AddPhotoError =
  NotAllowed | AvatarNotFound | ConsentMissing | PhotoRejected | InspectorFailure | BlobFailure | StorageFailure;

/**
 * Inspects a photo whose bytes the caller has and adds it to an avatar. Nothing of a rejected photo is stored.
 * For a photo that has to be fetched first, use `submitPhoto`.
 */
export function addPhoto(
  ports: Pick<
    Ports,
    "store" | "blobs" | "inspector" | "consent" | "profiles" | "policy" | "guards" | "clock" | "ids" | "log"
  >,
  command: AddPhoto,
): ResultAsync<Photo, AddPhotoError> {
  const { avatarId } = command;
  return safeTry(async function* () {
    yield* checkAllowed(ports, command.actor);
    const { ownerId } = yield* ownAvatar(ports.store, command);
    yield* requireConsent(ports.store, ports, ownerId);
    const inspected = yield* ports.inspector.inspect(command.bytes);
    return keepPhoto(ports, avatarId, inspected, (tx, avatar, blobKey) =>
      noteSign(tx, ports, ownerId)
        .andThen(() => requireConsent(tx, ports, ownerId))
        .andThen(() =>
          appendPhoto(tx, ports, avatar, { state: { status: "accepted", blobKey, facts: inspected.facts } }),
        ),
    ).orElse((error) =>
      error.type === "photo-superseded" ? errAsync({ type: "avatar-not-found", avatarId } as const) : errAsync(error),
    );
  });
}
