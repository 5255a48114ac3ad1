import { ok, safeTry, type ResultAsync } from "neverthrow";
import { jobKinds } from "../jobs/job-kinds.ts";
import { jobDone } from "../jobs/jobs.ts";
import type { BlobFailure } from "../ports/blob-store.ts";
import type { Job, JobOutcome } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { addSeconds, type Timestamp } from "../values/timestamp.ts";
import { discardBlobs, isBlobUsed } from "./discard-blobs.ts";

/** By then the process that was to write the row must have died. */
const longestSeconds = 3_600;

/** A blob that is being stored for an avatar. */
export interface GuardedBlob {
  readonly blobKey: string;
  readonly avatarId: string;
  /** When it is given up. */
  readonly until: Timestamp;
}

/** Enqueued before the blob exists: if the process then dies before it writes the row, this job deletes the blob. */
export function guardJob(
  { clock, policy }: Pick<Ports, "clock" | "policy">,
  { avatarId, blobKey }: Pick<GuardedBlob, "avatarId" | "blobKey">,
): Job {
  const now = clock.now();
  const payload = { blobKey, avatarId, until: addSeconds(now, longestSeconds) };
  // Most blobs have a row by then.
  const runAt = addSeconds(now, policy.guardSeconds);
  return { kind: jobKinds.guardBlob, key: `${avatarId}:${blobKey}`, payload, runAt };
}

/** Waits until a row needs the blob. If none does, deletes it when its avatar is gone, after an hour at the latest. */
export function guardBlob(
  ports: Pick<Ports, "store" | "blobs" | "clock" | "policy">,
  { blobKey, avatarId, until }: GuardedBlob,
): ResultAsync<JobOutcome, StorageFailure | BlobFailure> {
  const { store, clock, policy } = ports;
  return safeTry(async function* () {
    // Read before the rows that need the blob: after an erasure between the two reads, the next run deletes the blob.
    const avatar = yield* store.avatars.find(avatarId);
    if (yield* isBlobUsed(store, blobKey)) return ok(jobDone);
    const now = clock.now();
    if (avatar && now < until) return ok({ type: "again", at: addSeconds(now, 2 * policy.guardSeconds) } as const);
    return discardBlobs(ports, [blobKey]).map(() => jobDone);
  });
}
