import { errAsync, ok, okAsync, ResultAsync, safeTry, type Result } from "neverthrow";
import { eraseTraces } from "./erase-at-provider.ts";
import type { IllegalTransition } from "../errors.ts";
import { deferral, jobDone } from "../jobs/jobs.ts";
import type { BlobFailure, BlobNotFound } from "../ports/blob-store.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { BoundPorts } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { ProviderError } from "../ports/provider.ts";
import { addSeconds } from "../values/timestamp.ts";
import { moveOrder } from "./change-order.ts";
import type { Crossings } from "./crossings.ts";
import { noteSubmitAnswer, rejectOrder } from "./note-submit-answer.ts";
import { enqueuePoll, isOverdue } from "./poll-schedule.ts";
import { kindOf } from "./order-kind.ts";
import { hasEnded } from "./order-lifecycle.ts";
import { idsOf, type Order, type Prepared } from "./order.ts";

type SubmitPorts = Pick<
  BoundPorts,
  | "store"
  | "provider"
  | "blobs"
  | "webhooks"
  | "clock"
  | "ids"
  | "policy"
  | "guards"
  | "consent"
  | "kinds"
  | "images"
  | "log"
>;

export type SubmitOrderError = StorageFailure | BlobFailure | IllegalTransition;

export interface SubmitOrder {
  readonly orderId: string;
  readonly crossings: Crossings;
  /** Aborted when the job is taken from this process: it must not submit any more. */
  readonly signal: AbortSignal;
}

/**
 * Prepares the order, e.g. uploads its photos, writes `submitting` (the crossing of the line) and sends the one paid
 * request. Only a `requested` order is submitted; in any other status this job does nothing. So each crossing sends one
 * request, and the line is crossed again only when the provider certainly did not accept the request.
 */
export function submitOrder(
  ports: SubmitPorts,
  { orderId, crossings, signal }: SubmitOrder,
): ResultAsync<JobOutcome, SubmitOrderError> {
  return safeTry(async function* () {
    const order = yield* begin(ports, orderId);
    if (!order) return ok(jobDone);
    const { isOn } = kindOf(ports, order);
    if (isOverdue(ports, order) || isOn?.(ports) === false)
      return rejectOrder(ports, { orderId, seen: "requested", reason: "provider_unavailable" });

    const prepared = await prepare(ports, order);
    if (prepared.isErr()) return afterFailure(ports, order, prepared.error);

    if (signal.aborted) return ok({ type: "again", at: ports.clock.now() } as const);
    return new ResultAsync(crossings.run(() => cross(ports, order, prepared.value)));
  });
}

const cross = (ports: SubmitPorts, order: Order, prepared: Prepared): ResultAsync<JobOutcome, SubmitOrderError> =>
  safeTry(async function* () {
    const { id: orderId, deadlineAt } = order;
    const webhookUrl = await ports.webhooks?.address.urlFor(orderId);
    const crossed = yield* crossTheLine(ports, orderId, prepared);
    if (!crossed) return eraseUnused(ports, order, prepared).map(() => jobDone);
    const answer = await ports.provider.submit({ order: crossed, prepared, webhookUrl });
    return noteSubmitAnswer(ports, crossed, answer, deadlineAt);
  });

/** Moves `nextCheckAt`, so that the sweeper does not enqueue the job again while it prepares. */
const begin = (ports: SubmitPorts, orderId: string) =>
  moveOrder(ports, orderId, ({ state }) =>
    state.status === "requested"
      ? { transitions: [], nextCheckAt: addSeconds(ports.clock.now(), ports.policy.prepareSeconds) }
      : undefined,
  );

async function prepare(
  { provider, blobs }: SubmitPorts,
  order: Order,
): Promise<Result<Prepared, ProviderError | BlobFailure | BlobNotFound>> {
  const { id, snapshot, state } = order;
  if (state.prepared) return ok(state.prepared);
  const entries = (snapshot.manifest ?? []).map(({ file, bytes, blobKey }) => ({
    file,
    bytes,
    blobKey,
    open: () => blobs.get(blobKey),
  }));
  return provider.prepare(order, { name: id, entries });
}

/** Nothing was submitted yet, so the order can be retried or given up safely. */
function afterFailure(
  ports: SubmitPorts,
  order: Order,
  error: ProviderError | BlobFailure | BlobNotFound,
): ResultAsync<JobOutcome, SubmitOrderError> {
  const { id: orderId, deadlineAt } = order;
  switch (error.type) {
    case "provider-unavailable":
      ports.log.warn({ ...idsOf(order), detail: error.detail }, "an order cannot be prepared yet");
      return okAsync(deferral(ports, error.retryAfterSeconds, deadlineAt));
    case "blob-failure":
      return errAsync(error);
    case "blob-not-found":
      return afterMissingPhoto(ports, order, error);
    // Not retried: a refused key or account stays refused until the operator fixes it, and nothing was submitted.
    case "provider-refused":
      return rejectOrder(ports, { orderId, seen: "requested", reason: "rejected", detail: error.detail });
  }
}

/** Retries until the deadline: the volume may not be mounted yet, or the bucket may be replicated with a delay. */
function afterMissingPhoto(
  ports: SubmitPorts,
  order: Order,
  { key: blobKey }: BlobNotFound,
): ResultAsync<JobOutcome, SubmitOrderError> {
  const { id: orderId, deadlineAt } = order;
  const later = deferral(ports, undefined, deadlineAt);
  if (later.at === deadlineAt) return rejectOrder(ports, { orderId, seen: "requested", reason: "photos_missing" });
  ports.log.warn({ ...idsOf(order), blobKey }, "a photo of an order is not there");
  return okAsync(later);
}

/** Erases what was prepared for an order that was cancelled or erased meanwhile, because no row names it. */
const eraseUnused = (ports: SubmitPorts, order: Order, prepared: Prepared) =>
  ports.store.orders.find(order.id).andThen((found) => {
    const isUnused = !found || (hasEnded(found.state) && !found.state.prepared);
    return eraseTraces(ports.store, ports, isUnused ? [{ ...order, state: { status: "requested", prepared } }] : []);
  });

/** `undefined` when another process has submitted the order, or it was cancelled meanwhile. */
const crossTheLine = (ports: SubmitPorts, orderId: string, prepared: Prepared) =>
  moveOrder(ports, orderId, ({ state }) => {
    if (state.status !== "requested") return undefined;
    const at = ports.clock.now();
    const nextCheckAt = addSeconds(at, 2 * ports.policy.submitTimeoutSeconds);
    return {
      transitions: [{ type: "submit", prepared, at }],
      nextCheckAt,
      // If this process dies before it stores the answer, this job polls the order.
      alongside: (tx) => enqueuePoll(tx, orderId, nextCheckAt, ":submitting"),
    };
  });
