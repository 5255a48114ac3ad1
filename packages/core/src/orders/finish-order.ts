import { err, ok, okAsync, safeTry, type Result, type ResultAsync } from "neverthrow";
import { captureOrRelease, settlementOf } from "../credits/capture-or-release.ts";
import { discardJob, jobDone } from "../jobs/jobs.ts";
import { tellAboutCopy } from "../messages/tell-owner.ts";
import { atomically } from "../ports/atomically.ts";
import type { BlobFailure } from "../ports/blob-store.ts";
import type { CreditsFailure } from "../ports/credits.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { BoundPorts } from "../ports/ports.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { addSeconds, secondsBetween, type Timestamp } from "../values/timestamp.ts";
import { holdOrder } from "./change-order.ts";
import { copyOutcome, logGivenUp, type CopiedOutcome } from "./copy-outcome.ts";
import { copySecondsOf, kindOf, type EndedOrder } from "./order-kind.ts";
import { hasEnded, withOutcome, type Ended } from "./order-lifecycle.ts";
import { idsOf, outcomeIn } from "./order.ts";
import { outcomeBlobKeys } from "./outcome.ts";

/** How long a download may take before the sweeper enqueues the job again. */
const copySeconds = 1_800;
const firstRetrySeconds = 5;
const longestRetrySeconds = 3_600;

/**
 * The work after an order has ended: copies the outcome into our own blob store, because the provider's links may
 * expire, and captures or releases the credits. The job repeats until both are done. A file that cannot be read is given
 * up at the deadline: an error is logged and the owner is told.
 */
export function finishOrder(
  ports: BoundPorts,
  { orderId }: { readonly orderId: string },
): ResultAsync<JobOutcome, StorageFailure | BlobFailure | CreditsFailure> {
  return safeTry(async function* () {
    const begun = yield* begin(ports, orderId);
    if (!begun) return ok(jobDone);
    const order = { ...begun, state: withTime(begun.state, await askTime(ports, begun)) };
    const outcome = outcomeIn(order.state);
    const copy = outcome && (await copyOutcome(ports, order, outcome, copyBegan(ports, order)));
    const seen = copy ? { ...order, state: withOutcome(order.state, copy.outcome) } : order;
    const isDecided = settlementOf(ports, order) !== settlementOf(ports, seen);
    const noted = isDecided ? await noteCopy(ports, seen, copy) : ok(seen);
    if (noted.isErr()) return noted.error.type === "storage-failure" ? err(noted.error) : afterConflict(ports, order);
    const copied = noted.value;
    // It was erased meanwhile, which settles its credits too.
    if (!copied) return ok(jobDone);
    const charged = await captureOrRelease(ports, copied);
    if (charged.isErr()) ports.log.warn({ ...idsOf(order), error: charged.error.type }, "credits could not be settled");
    const againAt = yield* kindOf(ports, order).placeAgain?.(ports, order) ?? okAsync(undefined);

    const unfinished = charged.isErr() || (copy && copy.missing.length > 0);
    const nextCheckAt = againAt ?? (unfinished ? retryAt(ports, order) : undefined);
    return write(ports, copied, { copy, isLogged: isDecided, nextCheckAt });
  });
}

/**
 * Saves the copy before the credits where it decides about them: if the process died in between, another attempt might
 * find the file gone, and the owner would have paid for nothing.
 */
const noteCopy = (
  ports: BoundPorts,
  copied: EndedOrder,
  copy: CopiedOutcome | undefined,
): ResultAsync<EndedOrder | undefined, SaveError> =>
  ports.store
    .atomically((tx) =>
      safeTry(async function* () {
        if (yield* holdOrder(tx, copied.id))
          return tx.orders.save(copied).map(({ version }): EndedOrder => ({ ...copied, version }));
        yield* tx.jobs.enqueue(discardJob(copied.id, copy ? outcomeBlobKeys(copy.outcome) : []));
        return ok(undefined);
      }),
    )
    .andTee(() => {
      if (copy) logGivenUp(ports, copied, copy);
    });

/**
 * Asks the provider how long a succeeded order ran. Our own timestamps also contain the delay of lost answers,
 * webhooks and processes. It is asked here, because the outcome does not wait for this job; without an answer the value
 * stays absent.
 */
async function askTime(ports: BoundPorts, order: EndedOrder): Promise<number | undefined> {
  if (order.state.status !== "succeeded" || order.state.ranSeconds !== undefined) return undefined;
  if (!kindOf(ports, order).timed) return undefined;
  const seen = await ports.provider.look(order);
  return seen.isOk() && seen.value.type === "succeeded" ? seen.value.ranSeconds : undefined;
}

/** Moves `nextCheckAt`, so that the sweeper does not enqueue the job again while this one runs. */
const begin = ({ store, clock }: BoundPorts, orderId: string): ResultAsync<EndedOrder | undefined, StorageFailure> =>
  atomically(store, (tx) =>
    safeTry(async function* () {
      const order = yield* holdOrder(tx, orderId);
      if (!order || order.nextCheckAt === undefined || !hasEnded(order.state)) return ok(undefined);
      const { state } = order;
      const nextCheckAt = addSeconds(clock.now(), copySeconds);
      return tx.orders.save({ ...order, nextCheckAt }).map((taken) => ({ ...taken, state }));
    }),
  );

/** Each wait is half of the time since the end, so the attempts get rarer; the last ones are at the deadlines. */
function retryAt(ports: BoundPorts, order: EndedOrder): Timestamp {
  const now = ports.clock.now();
  const since = copyBegan(ports, order);
  const age = secondsBetween(since, now);
  const next = addSeconds(now, Math.min(longestRetrySeconds, Math.max(firstRetrySeconds, age / 2)));
  const { wrong, unreadable } = copySecondsOf(ports, order);
  return [wrong, unreadable].map((seconds) => addSeconds(since, seconds)).find((at) => now < at && at < next) ?? next;
}

/** A late result has its own time. The rows of orders that ended before this field existed have none. */
const copyBegan = (ports: BoundPorts, { state, deadlineAt, ...order }: EndedOrder): Timestamp =>
  deadlineAt === undefined
    ? state.finishedAt
    : addSeconds(deadlineAt, -copySecondsOf(ports, { ...order, state }).unreadable);

/** What an attempt to finish an order has come to. */
interface Attempted {
  readonly copy: CopiedOutcome | undefined;
  /** Whether what was given up is logged already. */
  readonly isLogged: boolean;
  /** Absent: nothing is left to do. */
  readonly nextCheckAt: Timestamp | undefined;
}

/**
 * Saves the row only at the version that was read: if another process changed it, its change has to be finished too.
 */
async function write(
  ports: BoundPorts,
  order: EndedOrder,
  { copy, isLogged, nextCheckAt }: Attempted,
): Promise<Result<JobOutcome, StorageFailure>> {
  const { store } = ports;
  const { id: orderId } = order;
  const written = await store.atomically((tx) =>
    safeTry(async function* () {
      // The order was erased meanwhile, so no row names the files copied since.
      if (!(yield* holdOrder(tx, orderId)))
        return tx.jobs.enqueue(discardJob(orderId, copy ? outcomeBlobKeys(copy.outcome) : []));
      const deadlineAt = nextCheckAt && order.deadlineAt;
      const saved = yield* tx.orders.save({ ...order, nextCheckAt, deadlineAt });
      return tellFinished(tx, ports, { ...saved, state: order.state }, copy);
    }),
  );
  if (written.isOk() && copy && !isLogged) logGivenUp(ports, order, copy);
  if (written.isErr())
    return written.error.type === "storage-failure" ? err(written.error) : afterConflict(ports, order);
  return ok(nextCheckAt ? { type: "again", at: nextCheckAt } : jobDone);
}

/** Does what follows for the kind once nothing is left to copy, or tells the owner about the copy. */
function tellFinished(
  tx: Repositories,
  ports: BoundPorts,
  order: EndedOrder,
  copy: CopiedOutcome | undefined,
): ResultAsync<void, SaveError> {
  const { finished } = kindOf(ports, order);
  if (!finished) return copy ? tellAboutCopy(tx, ports, order, copy) : okAsync(undefined);
  return copy && copy.missing.length > 0 ? okAsync(undefined) : finished(tx, ports, order);
}

/** Leaves the row to the process that changed it: if both started again, each would interrupt the other for ever. */
const afterConflict = (
  { store, clock }: BoundPorts,
  { id, nextCheckAt }: EndedOrder,
): ResultAsync<JobOutcome, StorageFailure> =>
  store.orders
    .find(id)
    .map((found) => (found?.nextCheckAt === nextCheckAt ? { type: "again", at: clock.now() } : jobDone));

const withTime = (state: Ended, ranSeconds: number | undefined): Ended =>
  state.status === "succeeded" && ranSeconds !== undefined ? { ...state, ranSeconds } : state;
