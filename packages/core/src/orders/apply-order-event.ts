import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import { jobKinds } from "../jobs/job-kinds.ts";
import { orderJob } from "../jobs/jobs.ts";
import { atomically } from "../ports/atomically.ts";
import type { BoundPorts } from "../ports/ports.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import type { Timestamp } from "../values/timestamp.ts";
import type { InboxOutcome } from "../webhooks/inbox-delivery.ts";
import { changeOrder, holdOrder, type ChangePorts } from "./change-order.ts";
import { eraseTraces } from "./erase-at-provider.ts";
import { isWithdrawn } from "../owners/is-withdrawn.ts";
import { copyDeadline } from "./order-kind.ts";
import { enqueuePoll, nextPoll } from "./poll-schedule.ts";
import type { OrderEvent } from "./order-event.ts";
import { isTerminal, type OrderTransition } from "./order-lifecycle.ts";
import { idsOf, requestOf, type ProviderRequest, type Order, type OrderState } from "./order.ts";

export type ApplyOutcome = Extract<InboxOutcome, "applied" | "late" | "ignored" | "foreign" | "unknown_order">;

export type ApplyPorts = ChangePorts & Pick<BoundPorts, "log" | "random" | "provider">;

export type ApplyOrderEventError = IllegalTransition | StorageFailure;

/** Applies what the provider reports about an order, by webhook or poll. Safe to repeat and in any order. */
export function applyOrderEvent(
  ports: ApplyPorts & Pick<BoundPorts, "store">,
  { orderId, event }: { readonly orderId: string; readonly event: OrderEvent },
): ResultAsync<ApplyOutcome, ApplyOrderEventError> {
  return atomically(ports.store, (tx) => applyWithin(tx, ports, orderId, event));
}

/** The same inside the caller's transaction, so that a delivery is settled together with its effect. */
export function applyWithin(
  tx: Repositories,
  ports: ApplyPorts,
  orderId: string,
  event: OrderEvent,
): ResultAsync<ApplyOutcome, IllegalTransition | SaveError> {
  return safeTry(async function* () {
    const order = yield* holdOrder(tx, orderId);
    if (!order) return ok<ApplyOutcome>("unknown_order");

    const known = requestOf(order);
    if (known && known.requestId !== event.requestId) return ok<ApplyOutcome>("foreign");
    if (isTerminal(order.state.status)) return keepLateResult(tx, ports, order, event);

    const at = ports.clock.now();
    const acceptance = untilSubmitted(order.state, event, at);
    if (!acceptance) return ok<ApplyOutcome>("foreign");
    const nextCheckAt = nextPoll(ports, order, submittedAt(order.state, at));
    yield* changeOrder(tx, ports, { ...order, nextCheckAt }, [...acceptance, transitionOf(event, at)]);
    if (acceptance.length > 0) yield* enqueuePoll(tx, orderId, nextCheckAt);
    return okAsync<ApplyOutcome>("applied");
  });
}

/** The transition that an event makes in a submitted order. */
function transitionOf(event: OrderEvent, at: Timestamp): OrderTransition {
  const request: ProviderRequest = { requestId: event.requestId };
  switch (event.type) {
    case "queued":
      return { type: "progress", progress: { position: event.position } };
    case "running":
      return { type: "progress", progress: { percent: event.percent, startedAt: at } };
    case "succeeded":
      return { type: "succeed", request, outcome: event.outcome, ranSeconds: event.ranSeconds, at };
    case "failed":
      return { type: "fail", reason: event.reason ?? "provider_error", detail: event.detail, request, at };
  }
}

/**
 * An event about an order proves that the provider accepted it, even if its row does not say so yet because the
 * answer to the POST is still under way, was lost, or looked like a refusal. The order must not be submitted again.
 * `undefined`: the event cannot be about this order, because nothing was prepared for it.
 */
function untilSubmitted(state: OrderState, event: OrderEvent, at: Timestamp): OrderTransition[] | undefined {
  const accept: OrderTransition = { type: "accept", request: { requestId: event.requestId }, at };
  switch (state.status) {
    case "requested":
      return state.prepared === undefined ? undefined : [{ type: "submit", prepared: state.prepared, at }, accept];
    case "submitting":
    case "unknown":
      return [accept];
    default:
      return [];
  }
}

const submittedAt = (state: OrderState, now: Timestamp): Timestamp =>
  state.status === "submitted" ? state.submittedAt : now;

/**
 * An event about an order that has ended does not change its status. A result that arrives after the order was
 * given up was paid for, though, so it is stored as `lateOutcome` and copied like any other outcome. The provider is asked
 * to erase it instead when the owner has withdrawn the consent under which the order was placed.
 */
function keepLateResult(
  tx: Repositories,
  ports: ApplyPorts,
  order: Order,
  event: OrderEvent,
): ResultAsync<"late" | "ignored", SaveError> {
  const { id: orderId, state } = order;
  const { clock, log } = ports;
  return safeTry(async function* () {
    if (state.status !== "failed" && state.status !== "cancelled") return ok("ignored" as const);
    if (event.type !== "succeeded" || state.lateOutcome) return ok("late" as const);

    const ids = { requestId: event.requestId, ...idsOf(order), status: state.status };
    const request = state.request ?? { requestId: event.requestId };
    const kept: Order = { ...order, state: { ...state, request, lateOutcome: event.outcome } };
    if (yield* isWithdrawn(tx, ports, order)) {
      log.info(ids, "a result came after its owner had withdrawn; it is not kept");
      if (!state.request) yield* tx.orders.save({ ...order, state: { ...state, request } });
      return eraseTraces(tx, ports, [kept]).map(() => "late" as const);
    }

    log.error(ids, "a result came after the order was over; it is kept");
    yield* tx.orders.save({
      ...kept,
      nextCheckAt: clock.now(),
      deadlineAt: copyDeadline(ports, order, clock.now()),
    });
    yield* tx.jobs.enqueue(orderJob(jobKinds.finishOrder, orderId));
    return okAsync("late" as const);
  });
}
