import { ok, safeTry, type ResultAsync } from "neverthrow";
import { jobKinds } from "../domain/job-kinds.ts";
import { addSeconds, type Timestamp } from "../domain/timestamp.ts";
import type { BlobFailure } from "../ports/blob-store.ts";
import type { Job, JobOutcome } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { discardBlobs, isBlobUsed } from "./discard-blobs.ts";
import { jobDone } from "./job-done.ts";

/** By the first look most blobs have their row. */
const firstLookSeconds = 30;
const nextLookSeconds = 60;
/** By then whoever was to write the row has died. */
const longestSeconds = 3_600;

/** A blob that is being put for an avatar. */
export interface GuardedBlob {
  readonly blobKey: string;
  readonly avatarId: string;
  /** When it is given up. */
  readonly until: Timestamp;
}

/** To be enqueued before the bytes can be there: should the process die in between, no row names them. */
export function guardJob(
  { clock }: Pick<Ports, "clock">,
  { avatarId, blobKey }: Pick<GuardedBlob, "avatarId" | "blobKey">,
): Job {
  const now = clock.now();
  const payload = { blobKey, avatarId, until: addSeconds(now, longestSeconds) };
  return { kind: jobKinds.guardBlob, key: `${avatarId}:${blobKey}`, payload, runAt: addSeconds(now, firstLookSeconds) };
}

/** Waits until a row needs the blob. Deletes it if none does, as soon as its avatar is gone and after an hour at the latest. */
export function guardBlob(
  ports: Pick<Ports, "store" | "blobs" | "clock">,
  { blobKey, avatarId, until }: GuardedBlob,
): ResultAsync<JobOutcome, StorageFailure | BlobFailure> {
  const { store, clock } = ports;
  return safeTry(async function* () {
    // Before it is asked who needs it: an erasure in between leaves it to the next look.
    const avatar = yield* store.avatars.find(avatarId);
    if (yield* isBlobUsed(store, blobKey)) return ok(jobDone);
    const now = clock.now();
    if (avatar && now < until) return ok({ type: "again", at: addSeconds(now, nextLookSeconds) } as const);
    return discardBlobs(ports, [blobKey]).map(() => jobDone);
  });
}
