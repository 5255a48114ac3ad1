import { ok, safeTry, type ResultAsync } from "neverthrow";
import { discardJob } from "../../jobs/jobs.ts";
import { atomically } from "../../ports/atomically.ts";
import type { Ports } from "../../ports/ports.ts";
import type { StorageFailure } from "../../ports/storage-errors.ts";
import { addSeconds, type Timestamp } from "../../values/timestamp.ts";

type PhotoPorts = Pick<Ports, "store" | "clock" | "policy" | "log">;

/** Avatars per run; the next run takes the rest. */
const batch = 100;

/**
 * Removes photos once their avatar has had its model for `photoRetentionSeconds`: a model needs them no longer. Photos that
 * came later, for another training, are kept as long as they are younger. Returns how many were removed.
 */
export function forgetPhotos(ports: PhotoPorts): ResultAsync<number, StorageFailure> {
  const { store, clock, policy } = ports;
  return safeTry(async function* () {
    if (policy.photoRetentionSeconds === 0) return ok(0);
    const before = addSeconds(clock.now(), -policy.photoRetentionSeconds);
    let removed = 0;
    for (const avatarId of yield* store.photos.avatarsTrainedBefore(before, batch))
      removed += yield* forgetPhotosOf(ports, avatarId, before);
    return ok(removed);
  });
}

const forgetPhotosOf = (
  { store, log }: PhotoPorts,
  avatarId: string,
  before: Timestamp,
): ResultAsync<number, StorageFailure> =>
  atomically(store, (tx) =>
    safeTry(async function* () {
      const avatar = yield* tx.avatars.hold(avatarId);
      // Another training may need them.
      if (avatar?.state.status !== "ready") return ok(0);
      const old = (yield* tx.photos.listByAvatar(avatarId)).filter(({ createdAt }) => createdAt < before);
      for (const { id } of old) yield* tx.photos.delete(id);
      const keys = old.flatMap(({ state }) => (state.status === "accepted" ? [state.blobKey] : []));
      // The avatar's id would not do: a job of an earlier run may still wait, and then none is added.
      if (keys.length > 0) yield* tx.jobs.enqueue(discardJob(`${old[0]?.id}:photos`, keys));
      return ok(old.length);
    }),
  ).andTee((photos) => {
    if (photos > 0) log.info({ avatarId, photos }, "photos were removed, because the model no longer needs them");
  });
