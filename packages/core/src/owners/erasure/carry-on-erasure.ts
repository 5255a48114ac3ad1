import { err, ok, okAsync, safeTry, type Result, type ResultAsync } from "neverthrow";
import { isBlobUsed } from "../../blobs/discard-blobs.ts";
import { deferral, jobDone } from "../../jobs/jobs.ts";
import type { JobOutcome } from "../../ports/job-queue.ts";
import type { Ports } from "../../ports/ports.ts";
import type { SaveError, StorageFailure } from "../../ports/storage-errors.ts";
import { addSeconds, type Timestamp } from "../../values/timestamp.ts";
import { eraseOrders } from "./erase-orders.ts";
import { isWorkDone, type Erasure, type ErasureWork } from "./erasure.ts";

type CarryPorts = Pick<Ports, "store" | "blobs" | "provider" | "credits" | "purchases" | "clock" | "log">;

/** How long one pass may take before the sweeper enqueues the job again. */
const passSeconds = 600;

/** How long to wait until another process no longer reads the store's files. */
const wipeSeconds = 5;

/**
 * Does a part of what is left of an erasure: deletes files, asks the provider, renames the account. Every pass stores
 * what is still left, so the job may die at any time. At the end the store is wiped, and the erasure is done.
 */
export const carryOnErasure = (
  ports: CarryPorts,
  { erasureId }: { readonly erasureId: string },
): ResultAsync<JobOutcome, StorageFailure> =>
  safeTry(async function* () {
    const taken = yield* take(ports, erasureId);
    if (!taken) return ok(jobDone);
    const { state } = taken;
    const passed = isWorkDone(state.work) ? taken : yield* pass(ports, taken, state.work);
    return isWorkDone(passed.state.work) ? finish(ports, passed) : save(ports, passed, laterOf(ports, passed));
  });

type UnderWay = Erasure & { readonly state: Extract<Erasure["state"], { readonly status: "under-way" }> };

/** Moves `nextCheckAt`. `undefined`: it is done, or another process has taken it. */
const take = ({ store, clock }: CarryPorts, id: string): ResultAsync<UnderWay | undefined, StorageFailure> =>
  store.erasures.find(id).andThen((erasure) => {
    if (erasure?.state.status !== "under-way") return okAsync(undefined);
    const state = { ...erasure.state, nextCheckAt: addSeconds(clock.now(), passSeconds) };
    return store.erasures
      .save({ ...erasure, state })
      .map((saved): UnderWay | undefined => ({ ...saved, state }))
      .orElse(ignoreConflict(undefined));
  });

const pass = (ports: CarryPorts, erasure: UnderWay, work: ErasureWork): ResultAsync<UnderWay, StorageFailure> =>
  safeTry(async function* () {
    const blobs = yield* deleteBlobs(ports, erasure.id, work.blobs);
    const { orders, left, erased } = await eraseOrders(ports, work.orders, erasure.left);
    const isOpen = work.account && !(await isRenamed(ports, erasure.id, work.account));
    const account = isOpen ? work.account : undefined;
    const state = { ...erasure.state, work: { blobs: blobs.kept, orders, ...(account && { account }) } };
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

async function isRenamed(
  { credits, purchases, log }: CarryPorts,
  erasureId: string,
  { ownerId, pseudonym }: NonNullable<ErasureWork["account"]>,
): Promise<boolean> {
  const failed = [
    await credits.pseudonymise?.(ownerId, pseudonym),
    await purchases?.pseudonymise(ownerId, pseudonym),
  ].filter((answer) => answer?.isErr());
  if (failed.length > 0) log.warn({ erasureId }, "the account of an erased owner cannot be renamed yet");
  return failed.length === 0;
}

/** When something is left to do: at once if the provider can be asked about another order. */
function laterOf({ clock }: CarryPorts, { state: { work } }: UnderWay): Timestamp {
  const later = deferral({ clock }).at;
  if (work.blobs.length > 0 || work.account) return later;
  const [next = later] = work.orders.map(({ at }) => at).toSorted();
  return next;
}

const save = (
  { store }: CarryPorts,
  erasure: UnderWay,
  nextCheckAt: Timestamp,
): ResultAsync<JobOutcome, StorageFailure> =>
  store.erasures
    .save({ ...erasure, state: { ...erasure.state, nextCheckAt } })
    .map((): JobOutcome => ({ type: "again", at: nextCheckAt }))
    .orElse(ignoreConflict(jobDone));

/** What was left to do names orders and files, so it is wiped before the erasure counts as done. */
const finish = (ports: CarryPorts, erasure: UnderWay): ResultAsync<JobOutcome, StorageFailure> =>
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
