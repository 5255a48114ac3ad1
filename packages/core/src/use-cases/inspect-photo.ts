import { err, errAsync, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Photo, PhotoReference } from "../domain/photo.ts";
import type { PhotoRejection } from "../domain/photo-rejection.ts";
import { addSeconds, secondsBetween } from "../domain/timestamp.ts";
import type { BlobFailure } from "../ports/blob-store.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { InspectorFailure, PhotoRejected } from "../ports/photo-inspector.ts";
import type { SourceRefused, SourceUnavailable } from "../ports/photo-source.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { atomically } from "./atomically.ts";
import { keepPhoto } from "./keep-photo.ts";

type InspectPorts = Pick<
  Ports,
  "store" | "blobs" | "photoSource" | "inspector" | "profiles" | "policy" | "clock" | "log"
>;

export type InspectPhotoError = SourceUnavailable | InspectorFailure | BlobFailure | StorageFailure;

/** Fetches and inspects a pending photo, and notes on it what came out. */
export function inspectPhoto(
  ports: InspectPorts,
  { photoId, signal }: { readonly photoId: string; readonly signal: AbortSignal },
): ResultAsync<JobOutcome, InspectPhotoError> {
  return safeTry(async function* () {
    const photo = yield* ports.store.photos.find(photoId);
    if (photo?.state.status !== "pending" || !photo.reference) return ok(done);

    const settled = await fetchAndKeep(ports, photo, photo.reference, signal);
    if (settled.isOk()) return ok(done);
    const { error } = settled;
    if (error.type === "avatar-gone") return ok(done);
    if (error.type === "photo-rejected") return reject(ports, photoId, error.rejection);

    const age = secondsBetween(photo.createdAt, ports.clock.now());
    if (age > ports.policy.photoDeadlineSeconds) return reject(ports, photoId, { code: "unavailable" });
    if (error.type === "source-unavailable" && error.retryAfterSeconds !== undefined)
      return ok({ type: "again", at: addSeconds(ports.clock.now(), error.retryAfterSeconds) } as const);
    return err(error);
  });
}

const done: JobOutcome = { type: "done" };

function fetchAndKeep(ports: InspectPorts, photo: Photo, reference: PhotoReference, signal: AbortSignal) {
  if (!ports.photoSource) throw new Error("a photo was submitted, but createLikeness was given no photoSource");
  return ports.photoSource
    .fetch(reference, signal)
    .mapErr((error) => (error.type === "source-refused" ? refused(error) : error))
    .andThen((bytes) => ports.inspector.inspect(bytes))
    .andThen((inspected) =>
      keepPhoto(ports, photo.avatarId, inspected, (tx, _avatar, blobKey) =>
        pendingPhoto(tx.photos.find(photo.id)).andThen((pending) =>
          tx.photos.save({ ...pending, state: { status: "accepted", blobKey, facts: inspected.facts } }),
        ),
      ),
    );
}

function refused(error: SourceRefused): PhotoRejected {
  const { reason, bytes = 0, maximum = 0 } = error;
  const rejections = {
    gone: { code: "unavailable" },
    "too-large": { code: "file-too-large", bytes, maximum },
  } as const satisfies Record<SourceRefused["reason"], PhotoRejection>;
  return { type: "photo-rejected", rejection: rejections[reason] };
}

const reject = (ports: InspectPorts, photoId: string, rejection: PhotoRejection) =>
  atomically(ports.store, (tx) =>
    tx.photos
      .find(photoId)
      .andThen((photo) =>
        photo?.state.status === "pending"
          ? tx.photos.save({ ...photo, state: { status: "rejected", rejection } }).map(() => done)
          : okAsync(done),
      ),
  );

/** A photo that was settled or removed while it was fetched is like one whose avatar is gone: nothing to do. */
const pendingPhoto = <E>(found: ResultAsync<Photo | undefined, E>) =>
  found.andThen((photo) =>
    photo?.state.status === "pending" ? okAsync(photo) : errAsync({ type: "avatar-gone" } as const),
  );
