import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import type { Avatar } from "../avatars/avatar.ts";
import { discardBlobs } from "../blobs/discard-blobs.ts";
import { guardJob } from "../blobs/guard-blob.ts";
import { sha256 } from "../blobs/sha256.ts";
import { atomically } from "../ports/atomically.ts";
import type { BlobFailure } from "../ports/blob-store.ts";
import type { InspectedPhoto } from "../ports/photo-inspector.ts";
import type { Ports } from "../ports/ports.ts";
import type { AlreadyExists, SaveError, StorageFailure, VersionConflict } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { photoLimits, type PhotoLimits } from "../trainings/profile.ts";
import { photoRejected, type PhotoRejected, type PhotoRejection } from "./photo-rejection.ts";
import type { Photo, PhotoFacts } from "./photo.ts";
import { readiness } from "./readiness.ts";

type KeepPorts = Pick<Ports, "store" | "blobs" | "profiles" | "policy" | "clock" | "log">;

type Tagged = { readonly type: string };

/**
 * Stores the training copy of an inspected photo, then calls `write` to save its row, unless the avatar is full or has
 * the picture already. The blob is stored first, so that a row never names a missing blob; a blob without a row is
 * deleted.
 */
export function keepPhoto<E extends Tagged>(
  ports: KeepPorts,
  avatarId: string,
  inspected: InspectedPhoto,
  write: (tx: Repositories, avatar: Avatar, blobKey: string) => ResultAsync<Photo, E>,
): ResultAsync<
  Photo,
  Exclude<E, VersionConflict | AlreadyExists> | PhotoRejected | PhotoSuperseded | BlobFailure | StorageFailure
> {
  return safeTry(async function* () {
    const avatar = yield* ports.store.avatars.find(avatarId);
    if (!avatar) return err(gone);
    yield* judge(ports, avatar, yield* ports.store.photos.listByAvatar(avatarId), inspected);

    // Enqueued here and not in `announce`, so that a failure is a storage failure and not a blob failure.
    const guarded = { avatarId, blobKey: await sha256(inspected.copy) };
    yield* ports.store.jobs.enqueue(guardJob(ports, guarded));
    const blobKey = yield* ports.blobs.put(inspected.copy);
    const kept = await atomically(ports.store, (tx) =>
      safeTry(async function* () {
        const held = yield* tx.avatars.hold(avatarId);
        if (!held) return err(gone);
        yield* judge(ports, held, yield* tx.photos.listByAvatar(avatarId), inspected);
        return write(tx, held, blobKey);
      }),
    );
    if (kept.isErr()) {
      const discarded = await discardBlobs(ports, [blobKey]);
      if (discarded.isErr())
        ports.log.warn(
          { avatarId, ownerId: avatar.ownerId, blobKey, error: discarded.error.type },
          "a blob without a photo stays",
        );
      return err(kept.error);
    }
    // An erasure of the same picture in another avatar may have deleted the blob between our put and our commit.
    const present = await ports.blobs.stat(blobKey);
    if (present.isErr() && present.error.type === "blob-not-found") yield* ports.blobs.put(inspected.copy);
    return ok(kept.value);
  });
}

/** While the photo was inspected, its avatar was erased, it was removed, or another process saved its outcome. */
export interface PhotoSuperseded {
  readonly type: "photo-superseded";
}

const gone: PhotoSuperseded = { type: "photo-superseded" };

function judge(
  { profiles, policy }: Pick<Ports, "profiles" | "policy">,
  avatar: Avatar,
  photos: readonly Photo[],
  { facts }: InspectedPhoto,
) {
  const rejection =
    findDuplicate(facts, photos, policy.nearDuplicateDistance) ??
    acceptedLimit(photoLimits(profiles, avatar.kind), photos);
  return rejection ? err(photoRejected(rejection)) : ok(undefined);
}

/** The rejection of a photo when its avatar has as many accepted ones as it may have. */
function acceptedLimit(limits: PhotoLimits, photos: readonly Photo[]): PhotoRejection | undefined {
  const { accepted, maximum } = readiness(photos, limits);
  return accepted >= maximum ? limitReached(maximum) : undefined;
}

const limitReached = (maximum: number): PhotoRejection => ({ code: "limit-reached", maximum });

/**
 * The rejection of a photo that arrives, before it is inspected. More photos may be pending than the avatar has room for,
 * because some will be rejected; their number and that of all rows are limited.
 */
export function arrivalLimit(
  { profiles, policy }: Pick<Ports, "profiles" | "policy">,
  { kind }: Avatar,
  photos: readonly Photo[],
): PhotoRejection | undefined {
  const limits = photoLimits(profiles, kind);
  const open = photos.filter(({ state }) => state.status !== "rejected").length;
  const full = acceptedLimit(limits, photos);
  if (full) return full;
  if (open >= 2 * limits.maximum) return limitReached(limits.maximum);
  return photos.length >= policy.photosPerAvatar ? limitReached(policy.photosPerAvatar) : undefined;
}

/** Adds a photo to an avatar, with the next number. The caller holds the avatar. */
export function appendPhoto(
  tx: Repositories,
  { clock, ids }: Pick<Ports, "clock" | "ids">,
  avatar: Avatar,
  photo: Pick<Photo, "reference" | "state">,
): ResultAsync<Photo, SaveError> {
  return safeTry(async function* () {
    const number = avatar.photosTaken + 1;
    const now = clock.now();
    yield* tx.avatars.save({ ...avatar, photosTaken: number, updatedAt: now });
    return tx.photos.save({ id: ids.next(), avatarId: avatar.id, number, ...photo, createdAt: now, version: 0 });
  });
}

/** Whether an accepted photo of the same avatar already shows this picture. */
export function findDuplicate(
  facts: PhotoFacts,
  others: readonly Photo[],
  maximumDistance: number,
): PhotoRejection | undefined {
  const accepted = others.flatMap(({ number, state }) =>
    state.status === "accepted" ? [{ number, ...state.facts }] : [],
  );
  const same = accepted.find((photo) => photo.sha256 === facts.sha256);
  if (same) return { code: "duplicate", of: same.number };
  const [nearest] = accepted
    .map(({ number, fingerprint }) => ({ of: number, distance: hammingDistance(fingerprint, facts.fingerprint) }))
    .toSorted((left, right) => left.distance - right.distance);
  return nearest && nearest.distance <= maximumDistance ? { code: "near-duplicate", ...nearest } : undefined;
}

/** Bits that differ between two hexadecimal numbers of the same length. */
export const hammingDistance = (left: string, right: string): number =>
  (BigInt(`0x${left}`) ^ BigInt(`0x${right}`)).toString(2).replaceAll("0", "").length;
