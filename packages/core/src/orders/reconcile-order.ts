import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import { jobKinds } from "../jobs/job-kinds.ts";
import { jobDone, orderJob } from "../jobs/jobs.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { ProviderError, RequestNotFound } from "../ports/provider.ts";
import { secondsBetween, type Timestamp } from "../values/timestamp.ts";
import { applyOrderEvent } from "./apply-order-event.ts";
import { moveOrder } from "./change-order.ts";
import { giveUpOrder } from "./give-up-order.ts";
import { acceptOrder, markUnknown } from "./note-submit-answer.ts";
import { enqueuePoll, isOverdue, nextPoll, reportProviderError, type Looked, type LookPorts } from "./poll.ts";
import type { OrderEvent } from "./order-event.ts";
import { idsOf, type Order, type OrderState, type OrderStatus } from "./order.ts";

export type ReconcileOrderError = IllegalTransition | StorageFailure;

type Look = (ports: LookPorts, order: Order) => Looked;

const nothing: Look = () => okAsync(undefined);

/** What to check in each status. `finishOrder` handles the terminal ones. */
const looks = {
  requested: nudgeSubmit,
  submitting: lookAtSubmitting,
  submitted: lookAtSubmitted,
  unknown: lookAtUnknown,
  succeeded: nothing,
  failed: nothing,
  cancelled: nothing,
} as const satisfies Record<OrderStatus, Look>;

/**
 * Polls the provider for an order, gives the order up at its deadline, and schedules the next poll. This alone
 * brings every order to an end, even if no webhook arrives.
 */
export function reconcileOrder(
  ports: LookPorts,
  { orderId }: { readonly orderId: string },
): ResultAsync<JobOutcome, ReconcileOrderError> {
  return safeTry(async function* () {
    const order = yield* ports.store.orders.find(orderId);
    if (!order) return ok(jobDone);
    yield* looks[order.state.status](ports, order);
    return reschedule(ports, orderId);
  });
}

/**
 * Every poll of an order under way ends with the time of the next one, on its row and in a job with the order's id
 * as its key, so that one poll follows even if several jobs ran.
 */
function reschedule(ports: LookPorts, orderId: string): ResultAsync<JobOutcome, ReconcileOrderError> {
  const { clock, policy, random } = ports;
  return moveOrder(ports, orderId, ({ state, deadlineAt }) => {
    const since = waitingSince(state);
    if (since === undefined) return undefined;
    const now = clock.now();
    const usual = nextPoll(since, now, policy, random());
    const nextCheckAt = deadlineAt && deadlineAt > now && deadlineAt < usual ? deadlineAt : usual;
    return { transitions: [], nextCheckAt, alongside: (tx) => enqueuePoll(tx, orderId, nextCheckAt) };
  }).map(() => jobDone);
}

function waitingSince(state: OrderState): Timestamp | undefined {
  switch (state.status) {
    case "submitting":
    case "unknown":
      return state.submitStartedAt;
    case "submitted":
      return state.submittedAt;
    default:
      return undefined;
  }
}

function nudgeSubmit({ store }: LookPorts, { id }: Order): Looked {
  return store.jobs.enqueue(orderJob(jobKinds.submitOrder, id));
}

/** The POST has its own timeout; after twice that, the process that sent it must be gone. */
function lookAtSubmitting(ports: LookPorts, order: Order): Looked {
  const { state } = order;
  if (state.status !== "submitting") return okAsync(undefined);
  const age = secondsBetween(state.submitStartedAt, ports.clock.now());
  if (age < 2 * ports.policy.submitTimeoutSeconds) return okAsync(undefined);
  return markUnknown(ports, order.id).andThen((lost) => (lost ? lookAtUnknown(ports, lost) : okAsync(undefined)));
}

/** A request in the provider's list proves acceptance. Its absence proves nothing before the deadline. */
function lookAtUnknown(ports: LookPorts, order: Order): Looked {
  return safeTry(async function* () {
    const found = await ports.provider.find(order);
    if (found.isOk() && found.value) return acceptOrder(ports, order.id, found.value);
    if (found.isErr()) reportProviderError(ports, order, found.error);
    return isOverdue(ports, order) ? giveUpOrder(ports, order, "submit_unknown") : okAsync(undefined);
  });
}

/** Polls the provider for an order that it has accepted, and applies the answer. */
function lookAtSubmitted(ports: LookPorts, order: Order): Looked {
  if (isOverdue(ports, order)) return timeOut(ports, order);
  return safeTry(async function* () {
    const status = await ports.provider.status(order);
    return status.isOk() ? take(ports, order, status.value) : afterError(ports, order, status.error);
  });
}

/** Cancels it at the provider, so that it costs no more; a result that the last poll finds is still taken. */
function timeOut(ports: LookPorts, order: Order): Looked {
  return safeTry(async function* () {
    const cancelled = await ports.provider.cancel(order);
    if (cancelled.isErr()) reportProviderError(ports, order, cancelled.error);
    const last = await ports.provider.result(order);
    return last.isOk() && last.value.type === "succeeded"
      ? take(ports, order, last.value)
      : giveUpOrder(ports, order, "provider_timeout");
  });
}

/** Fetches the result when the status is `finished`, which does not say whether it succeeded. */
const take = (ports: LookPorts, order: Order, event: OrderEvent): Looked =>
  event.type === "finished" ? takeResult(ports, order) : applyOrderEvent(ports, { orderId: order.id, event });

function takeResult(ports: LookPorts, order: Order): Looked {
  return safeTry(async function* () {
    const result = await ports.provider.result(order);
    if (result.isOk()) return result.value.type === "finished" ? okAsync(undefined) : take(ports, order, result.value);
    if (result.error.type === "request-not-found") return noteMissing(ports, order);
    reportProviderError(ports, order, result.error);
    return okAsync(undefined);
  });
}

/** A provider may delete the status of a request before it deletes its result. */
function afterError(ports: LookPorts, order: Order, error: ProviderError | RequestNotFound): Looked {
  if (error.type === "request-not-found") return takeResult(ports, order);
  reportProviderError(ports, order, error);
  return okAsync(undefined);
}

/**
 * A single answer that the request is unknown, or that a finished request has no result, may be a temporary error, so
 * the order fails only when the answer stays the same for some time.
 */
function noteMissing(ports: LookPorts, order: Order): Looked {
  const { clock, policy, log } = ports;
  const now = clock.now();
  const missingSince = (order.state.status === "submitted" && order.state.progress.missingSince) || now;
  log.warn({ ...idsOf(order), missingSince }, "the provider does not know the order, or what came out");
  if (secondsBetween(missingSince, now) >= policy.unknownDeadlineSeconds)
    return giveUpOrder(ports, order, "result_lost");
  return moveOrder(ports, order.id, ({ state }) =>
    state.status === "submitted"
      ? {
          transitions: [{ type: "progress", progress: { position: state.progress.position, missingSince } }],
          nextCheckAt: now,
        }
      : undefined,
  );
}
