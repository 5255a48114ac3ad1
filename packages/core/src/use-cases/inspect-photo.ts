import { err, errAsync, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Photo, PhotoReference } from "../domain/photo.ts";
import type { PhotoRejected, PhotoRejection } from "../domain/photo-rejection.ts";
import { addSeconds } from "../domain/timestamp.ts";
import type { BlobFailure } from "../ports/blob-store.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { InspectorFailure } from "../ports/photo-inspector.ts";
import type { SourceRefused, SourceUnavailable } from "../ports/photo-source.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { atomically } from "./atomically.ts";
import { deferral } from "./deferral.ts";
import { jobDone } from "./job-done.ts";
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
    if (photo?.state.status !== "pending" || !photo.reference) return ok(jobDone);

    const deadline = addSeconds(photo.createdAt, ports.policy.photoDeadlineSeconds);
    // Before it is fetched: one that takes the process down with it would never be given up otherwise.
    if (deadline <= ports.clock.now()) return reject(ports, photoId, { code: "unavailable" });

    const kept = await fetchAndKeep(ports, photo, photo.reference, signal);
    if (kept.isOk() || kept.error.type === "avatar-gone") return ok(jobDone);
    const { error } = kept;
    if (error.type === "photo-rejected") return reject(ports, photoId, error.rejection);
    if (error.type !== "source-unavailable" || error.retryAfterSeconds === undefined) return err(error);
    return ok(deferral(ports, error.retryAfterSeconds, deadline));
  });
}

function fetchAndKeep(ports: InspectPorts, photo: Photo, reference: PhotoReference, signal: AbortSignal) {
  return fetchPhoto(ports, reference, signal)
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

function fetchPhoto(
  { photoSource }: InspectPorts,
  reference: PhotoReference,
  signal: AbortSignal,
): ResultAsync<Uint8Array, SourceUnavailable | SourceRefused> {
  if (photoSource) return photoSource.fetch(reference, signal);
  return errAsync({ type: "source-unavailable", detail: "there is no photoSource any more" });
}

function refused(error: SourceRefused): PhotoRejected {
  const rejection: PhotoRejection =
    error.reason === "gone"
      ? { code: "unavailable" }
      : { code: "file-too-large", bytes: error.bytes, maximum: error.maximum };
  return { type: "photo-rejected", rejection };
}

const reject = (ports: InspectPorts, photoId: string, rejection: PhotoRejection) =>
  atomically(ports.store, (tx) =>
    tx.photos
      .find(photoId)
      .andThen((photo) =>
        photo?.state.status === "pending"
          ? tx.photos.save({ ...photo, state: { status: "rejected", rejection } }).map(() => jobDone)
          : okAsync(jobDone),
      ),
  );

/** A photo that was settled or removed while it was fetched is like one whose avatar is gone: nothing to do. */
const pendingPhoto = <E>(found: ResultAsync<Photo | undefined, E>) =>
  found.andThen((photo) =>
    photo?.state.status === "pending" ? okAsync(photo) : errAsync({ type: "avatar-gone" } as const),
  );
