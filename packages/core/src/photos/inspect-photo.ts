import { err, errAsync, ok, safeTry, type ResultAsync } from "neverthrow";
import { deferral, jobDone } from "../jobs/jobs.ts";
import { atomically } from "../ports/atomically.ts";
import type { BlobFailure } from "../ports/blob-store.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { InspectorFailure } from "../ports/photo-inspector.ts";
import type { SourceRefused, SourceUnavailable } from "../ports/photo-source.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { addSeconds, type Timestamp } from "../values/timestamp.ts";
import { requireConsent } from "../owners/valid-consent.ts";
import { keepPhoto, type PhotoSuperseded } from "./keep-photo.ts";
import { photoRejected, type PhotoRejected } from "./photo-rejection.ts";
import type { Photo, PhotoReference, PhotoState } from "./photo.ts";

type InspectPorts = Pick<
  Ports,
  "store" | "blobs" | "photoSource" | "inspector" | "profiles" | "policy" | "clock" | "log" | "consent"
>;

export type InspectPhotoError = SourceUnavailable | InspectorFailure | BlobFailure | StorageFailure;

/**
 * Fetches and inspects a pending photo, and saves whether it is accepted or rejected. While its owner's consent is
 * missing it is neither fetched nor saved: a withdrawal deletes it, and a consent given again is followed by a sweep.
 */
export function inspectPhoto(
  ports: InspectPorts,
  { photoId, signal }: { readonly photoId: string; readonly signal: AbortSignal },
): ResultAsync<JobOutcome, InspectPhotoError> {
  const { store, policy } = ports;
  return safeTry(async function* () {
    const photo = yield* store.photos.find(photoId);
    if (photo?.state.status !== "pending" || !photo.reference) return ok(jobDone);

    const deadline = addSeconds(photo.createdAt, policy.photoDeadlineSeconds);
    const avatar = yield* store.avatars.find(photo.avatarId);
    if (!avatar) return ok(jobDone);
    const { ownerId } = avatar;
    const consented = await requireConsent(store, ports, ownerId);
    if (consented.isErr() && consented.error.type === "storage-failure") return err(consented.error);
    if (consented.isErr() && deadline > ports.clock.now()) return ok(jobDone);
    const noted = await fetchPhoto(ports, photo.reference, deadline, signal)
      .mapErr((error) => (error.type === "source-refused" ? refused(error) : error))
      .andThen((bytes) => ports.inspector.inspect(bytes))
      .andThen((inspected) =>
        keepPhoto(ports, photo.avatarId, inspected, (tx, _avatar, blobKey) =>
          requireConsent(tx, ports, ownerId).andThen(() =>
            saveIfPending(tx, photoId, { status: "accepted", blobKey, facts: inspected.facts }),
          ),
        ),
      )
      .orElse((error) =>
        error.type === "photo-rejected"
          ? atomically(store, (tx) => saveIfPending(tx, photoId, { status: "rejected", rejection: error.rejection }))
          : errAsync(error),
      );
    if (noted.isOk() || noted.error.type === "photo-superseded" || noted.error.type === "consent-missing")
      return ok(jobDone);
    const { error } = noted;
    if (error.type !== "source-unavailable" || error.retryAfterSeconds === undefined) return err(error);
    return ok(deferral(ports, error.retryAfterSeconds, deadline));
  });
}

function fetchPhoto(
  { photoSource, clock }: InspectPorts,
  reference: PhotoReference,
  deadline: Timestamp,
  signal: AbortSignal,
): ResultAsync<Uint8Array, SourceUnavailable | SourceRefused> {
  // Checked before the fetch: a photo that crashes the process would otherwise never be given up.
  if (deadline <= clock.now()) return errAsync({ type: "source-refused", reason: "gone" });
  if (photoSource) return photoSource.fetch(reference, signal);
  return errAsync({ type: "source-unavailable", detail: "there is no photoSource any more" });
}

const refused = (error: SourceRefused): PhotoRejected =>
  photoRejected(
    error.reason === "gone"
      ? { code: "unavailable" }
      : { code: "file-too-large", bytes: error.bytes, maximum: error.maximum },
  );

/** Saves the outcome unless another process wrote one, or the photo was removed, while this process fetched it. */
const saveIfPending = (
  { photos }: Repositories,
  photoId: string,
  state: PhotoState,
): ResultAsync<Photo, SaveError | PhotoSuperseded> =>
  photos
    .find(photoId)
    .andThen((photo) =>
      photo?.state.status === "pending"
        ? photos.save({ ...photo, state })
        : errAsync({ type: "photo-superseded" } as const),
    );
