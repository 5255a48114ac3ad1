import { err, ok, okAsync, safeTry, type Result, type ResultAsync } from "neverthrow";
import { isBlobUsed } from "../../blobs/discard-blobs.ts";
import { deferral, jobDone } from "../../jobs/jobs.ts";
import type { JobOutcome } from "../../ports/job-queue.ts";
import type { BoundPorts } from "../../ports/ports.ts";
import type { SaveError, StorageFailure } from "../../ports/storage-errors.ts";
import { addSeconds, type Timestamp } from "../../values/timestamp.ts";
import { eraseOrders } from "./erase-orders.ts";
import { isUnderWay, isWorkDone, type ErasureUnderWay, type ErasureWork } from "./erasure.ts";
import { renameAccount } from "./rename-account.ts";

type CarryPorts = Pick<BoundPorts, "store" | "blobs" | "provider" | "credits" | "purchases" | "clock" | "log">;

/** How long one pass may take before the sweeper enqueues the job again. */
const passSeconds = 600;

/** How long to wait until another process no longer reads the store's files. */
const wipeSeconds = 5;

/**
 * Does a part of what is left of an erasure: renames the account, deletes files, asks the provider. Every pass stores
 * what is still left, so the job may die at any time. At the end the store is wiped, and the erasure is done.
 */
export const carryOnErasure = (
  ports: CarryPorts,
  { erasureId }: { readonly erasureId: string },
): ResultAsync<JobOutcome, StorageFailure> =>
  safeTry(async function* () {
    const taken = yield* take(ports, erasureId);
    const renamed = taken && (yield* renameAccount(ports, taken));
    if (!renamed) return ok(jobDone);
    const { state } = renamed;
    const passed = isWorkDone(state.work) ? renamed : yield* pass(ports, renamed, state.work);
    return isWorkDone(passed.state.work) ? finish(ports, passed) : save(ports, passed, laterOf(ports, passed));
  });

/** Moves `nextCheckAt`. `undefined`: it is done, or another process has taken it. */
const take = (ports: CarryPorts, id: string): ResultAsync<ErasureUnderWay | undefined, StorageFailure> =>
  ports.store.erasures
    .find(id)
    .andThen((erasure) => (isUnderWay(erasure) ? takeAt(ports, erasure) : okAsync(undefined)));

const takeAt = (
  ports: CarryPorts,
  erasure: ErasureUnderWay,
): ResultAsync<ErasureUnderWay | undefined, StorageFailure> => {
  const { store, clock } = ports;
  const now = clock.now();
  const state = { ...erasure.state, nextCheckAt: addSeconds(now, passSeconds) };
  return store.erasures
    .save({ ...erasure, state })
    .map((saved): ErasureUnderWay | undefined => ({ ...saved, state }))
    .orElse((error) => {
      if (error.type === "storage-failure") return err(error);
      // The command may have renamed the account meanwhile, which takes nothing.
      return store.erasures
        .find(erasure.id)
        .andThen((current) =>
          isUnderWay(current) && current.state.nextCheckAt <= now ? takeAt(ports, current) : okAsync(undefined),
        );
    });
};

const pass = (
  ports: CarryPorts,
  erasure: ErasureUnderWay,
  work: ErasureWork,
): ResultAsync<ErasureUnderWay, StorageFailure> =>
  safeTry(async function* () {
    const blobs = yield* deleteBlobs(ports, erasure.id, work.blobs);
    const { orders, left, erased } = await eraseOrders(ports, work.orders, erasure.left);
    const state = { ...erasure.state, work: { ...work, blobs: blobs.kept, orders } };
    const { atProvider, files } = erasure.erased;
    const counts = { ...erasure.erased, atProvider: atProvider + erased, files: files + blobs.deleted };
    return ok({ ...erasure, state, left, erased: counts });
  });

interface DeletedBlobs {
  readonly deleted: number;
  /** Keys that are still to be deleted. */
  readonly kept: readonly string[];
}

/** Deletes the blobs that no row of anybody else needs. */
const deleteBlobs = (
  { store, blobs, log }: CarryPorts,
  erasureId: string,
  keys: readonly string[],
): ResultAsync<DeletedBlobs, StorageFailure> =>
  safeTry(async function* () {
    let deleted = 0;
    const kept: string[] = [];
    for (const key of keys) {
      if (yield* isBlobUsed(store, key)) continue;
      const answer = await blobs.delete(key);
      if (answer.isOk()) deleted++;
      else kept.push(key);
    }
    if (kept.length > 0) log.warn({ erasureId, blobs: kept.length }, "files of an erased owner cannot be deleted yet");
    return ok({ deleted, kept });
  });

/** When something is left to do: at once if the provider can be asked about another order. */
function laterOf({ clock }: CarryPorts, { state: { work } }: ErasureUnderWay): Timestamp {
  const later = deferral({ clock }).at;
  if (work.blobs.length > 0 || work.account) return later;
  const [next = later] = work.orders.map(({ at }) => at).toSorted();
  return next;
}

const save = (
  { store }: CarryPorts,
  erasure: ErasureUnderWay,
  nextCheckAt: Timestamp,
): ResultAsync<JobOutcome, StorageFailure> =>
  store.erasures
    .save({ ...erasure, state: { ...erasure.state, nextCheckAt } })
    .map((): JobOutcome => ({ type: "again", at: nextCheckAt }))
    .orElse(ignoreConflict(jobDone));

/** What was left to do names orders and files, so it is wiped before the erasure counts as done. */
const finish = (ports: CarryPorts, erasure: ErasureUnderWay): ResultAsync<JobOutcome, StorageFailure> =>
  safeTry(async function* () {
    const { store, clock, log } = ports;
    const emptied = await store.erasures.save(erasure);
    if (emptied.isErr()) return ignoreConflict(jobDone)(emptied.error);
    if (store.wipe && (yield* store.wipe()) === "busy") {
      const at = addSeconds(clock.now(), wipeSeconds);
      return save(ports, { ...emptied.value, state: erasure.state }, at);
    }
    const state = { status: "done", finishedAt: clock.now() } as const;
    const done = await store.erasures.save({ ...emptied.value, state });
    if (done.isErr()) return ignoreConflict(jobDone)(done.error);
    const { id: erasureId, erased, left } = done.value;
    if (left.length > 0) log.warn({ erasureId, ...erased, left: left.length }, "something of an erased owner stays");
    else log.info({ erasureId, ...erased }, "an owner was erased");
    return ok(jobDone);
  });

/** Another process carries it on. */
const ignoreConflict =
  <T>(answer: T) =>
  (error: SaveError): Result<T, StorageFailure> =>
    error.type === "storage-failure" ? err(error) : ok(answer);
