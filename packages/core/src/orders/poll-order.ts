import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import { jobKinds } from "../jobs/job-kinds.ts";
import { jobDone, orderJob } from "../jobs/jobs.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { secondsBetween, type Timestamp } from "../values/timestamp.ts";
import { applyOrderEvent } from "./apply-order-event.ts";
import { moveOrder } from "./change-order.ts";
import { giveUpOrder } from "./give-up-order.ts";
import { acceptOrder, markUnknown } from "./note-submit-answer.ts";
import {
  enqueuePoll,
  isOverdue,
  nextPoll,
  reportProviderError,
  type Polled,
  type PollPorts,
  type Seen,
} from "./poll-schedule.ts";
import { kindOf } from "./order-kind.ts";
import { idsOf, type Order, type OrderState, type OrderStatus } from "./order.ts";

export type PollOrderError = IllegalTransition | StorageFailure;

type Poll = (ports: PollPorts, order: Order) => Polled;

const answered: Seen = { type: "answered" };
const missing: Seen = { type: "missing" };
const notAsked: Seen = { type: "not-asked" };

const nothing: Poll = () => okAsync(notAsked);

/** What to check in each status. `finishOrder` handles the terminal ones. */
const polls = {
  requested: nudgeSubmit,
  submitting: pollSubmitting,
  submitted: pollSubmitted,
  unknown: pollUnknown,
  succeeded: nothing,
  failed: nothing,
  cancelled: nothing,
} as const satisfies Record<OrderStatus, Poll>;

/**
 * Looks at an order at the provider, gives the order up at its deadline, and schedules the next poll. This alone
 * brings every order to an end, even if no webhook arrives.
 */
export function pollOrder(
  ports: PollPorts,
  { orderId }: { readonly orderId: string },
): ResultAsync<JobOutcome, PollOrderError> {
  return safeTry(async function* () {
    const order = yield* ports.store.orders.find(orderId);
    if (order) yield* lookAtOrder(ports, order);
    return ok(jobDone);
  });
}

/** The same, for who wants to know what the provider said. */
export const lookAtOrder: Poll = (ports, order) =>
  polls[order.state.status](ports, order).andThrough(() => reschedule(ports, order.id));

/**
 * Every poll of an order under way ends with the time of the next one, on its row and in a job with the order's id
 * as its key, so that one poll follows even if several jobs ran.
 */
function reschedule(ports: PollPorts, orderId: string): ResultAsync<unknown, PollOrderError> {
  return moveOrder(ports, orderId, (order) => {
    const { deadlineAt } = order;
    const since = waitingSince(order.state);
    if (since === undefined) return undefined;
    const now = ports.clock.now();
    const usual = nextPoll(ports, order, since);
    const nextCheckAt = deadlineAt && deadlineAt > now && deadlineAt < usual ? deadlineAt : usual;
    return { transitions: [], nextCheckAt, alongside: (tx) => enqueuePoll(tx, orderId, nextCheckAt) };
  });
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

function nudgeSubmit({ store }: PollPorts, { id }: Order): Polled {
  return store.jobs.enqueue(orderJob(jobKinds.submitOrder, id)).map(() => notAsked);
}

/** The POST has its own timeout; after twice that, the process that sent it must be gone. */
function pollSubmitting(ports: PollPorts, order: Order): Polled {
  const { state } = order;
  if (state.status !== "submitting") return okAsync(notAsked);
  const age = secondsBetween(state.submitStartedAt, ports.clock.now());
  if (age < 2 * ports.policy.submitTimeoutSeconds) return okAsync(notAsked);
  return markUnknown(ports, order.id).andThen((lost) => (lost ? pollUnknown(ports, lost) : okAsync(notAsked)));
}

/** A request in the provider's list proves acceptance. Its absence proves nothing before the deadline. */
function pollUnknown(ports: PollPorts, order: Order): Polled {
  return safeTry(async function* () {
    const found = await ports.provider.find?.(order);
    if (found?.isOk() && found.value) {
      const accepted = await acceptOrder(ports, order.id, found.value);
      // Refused where another order has that request: two were placed with the same input.
      if (accepted.isOk() || !isOverdue(ports, order)) return accepted.map(() => answered);
    }
    if (found?.isErr()) reportProviderError(ports, order, found.error);
    if (isOverdue(ports, order)) yield* giveUpOrder(ports, order, "submit_unknown");
    return ok(
      found
        ? found.match(
            (): Seen => missing,
            (error) => error,
          )
        : notAsked,
    );
  });
}

/** Looks at an order that the provider has accepted, and applies what it says. */
function pollSubmitted(ports: PollPorts, order: Order): Polled {
  if (isOverdue(ports, order)) return timeOut(ports, order);
  return safeTry(async function* () {
    const seen = await ports.provider.look(order);
    if (seen.isOk()) return applyOrderEvent(ports, { orderId: order.id, event: seen.value }).map(() => answered);
    if (seen.error.type === "request-not-found") return noteMissing(ports, order);
    reportProviderError(ports, order, seen.error);
    return ok(seen.error);
  });
}

/** Cancels it at the provider, so that it costs no more; a result that the last look finds is still taken. */
function timeOut(ports: PollPorts, order: Order): Polled {
  return safeTry(async function* () {
    const cancelled = await ports.provider.cancel?.(order);
    if (cancelled?.isErr()) reportProviderError(ports, order, cancelled.error);
    const last = await ports.provider.look(order);
    if (last.isOk() && last.value.type === "succeeded")
      yield* applyOrderEvent(ports, { orderId: order.id, event: last.value });
    else yield* giveUpOrder(ports, order, "provider_timeout");
    return ok(answered);
  });
}

/**
 * A single answer that the request is unknown, or that a finished request has no result, may be a temporary error, so
 * the order fails only when the answer stays the same for some time.
 */
function noteMissing(ports: PollPorts, order: Order): Polled {
  const { clock, log } = ports;
  const now = clock.now();
  const missingSince = (order.state.status === "submitted" && order.state.progress.missingSince) || now;
  log.warn({ ...idsOf(order), missingSince }, "the provider does not know the order, or what came out");
  if (secondsBetween(missingSince, now) >= kindOf(ports, order).deadlines(ports.policy).unknown)
    return giveUpOrder(ports, order, "result_lost").map(() => missing);
  return moveOrder(ports, order.id, ({ state }) =>
    state.status === "submitted"
      ? {
          transitions: [{ type: "progress", progress: { position: state.progress.position, missingSince } }],
          nextCheckAt: now,
        }
      : undefined,
  ).map(() => missing);
}
