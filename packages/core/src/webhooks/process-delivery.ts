import { err, errAsync, ok, okAsync, safeTry, type Result, type ResultAsync } from "neverthrow";
import { deferral, jobDone } from "../jobs/jobs.ts";
import { atomically } from "../ports/atomically.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import type { ProviderError, ProviderRefused, RequestNotFound } from "../ports/provider.ts";
import {
  sealDelivery,
  type KeysUnavailable,
  type WebhookEvent,
  type WebhookMalformed,
  type WebhookRejected,
} from "../ports/webhook-receiver.ts";
import {
  applyOrderEvent,
  applyWithin,
  type ApplyPorts,
  type ApplyOrderEventError,
} from "../orders/apply-order-event.ts";
import type { OrderEvent } from "../orders/order-event.ts";
import { idsOf, requestOf, type Order } from "../orders/order.ts";
import { cleanText } from "../values/clean-text.ts";
import { secondsBetween } from "../values/timestamp.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import type { InboxDelivery, InboxOutcome } from "./inbox-delivery.ts";
import { judgeAccount, listForeign } from "./judge-account.ts";
import { receiverNamed } from "./receiver-of.ts";

type ProcessPorts = ApplyPorts & Pick<Ports, "store" | "provider" | "webhooks" | "ids">;

export type ProcessDeliveryError = ApplyOrderEventError | ProviderError;

const retrySeconds = 60;

/**
 * Reads a stored delivery about an order and applies it. Its effect and its outcome are written in one transaction.
 */
export function processDelivery(
  ports: ProcessPorts,
  { deliveryId }: { readonly deliveryId: string },
): ResultAsync<JobOutcome, ProcessDeliveryError> {
  return safeTry(async function* () {
    const found = yield* ports.store.inbox.find(deliveryId);
    // A delivery without an order belongs to a channel.
    if (found?.orderId === undefined || found.outcome) return ok(jobDone);
    const delivery: OrderDelivery = { ...found, orderId: found.orderId };
    const { clock, policy } = ports;
    if (secondsBetween(delivery.receivedAt, clock.now()) > policy.deliveryDeadlineSeconds)
      return close(ports, delivery, "given_up");

    const event = await read(ports, delivery);
    if (event.isErr()) return afterUnreadable(ports, delivery, event.error);
    return event.value.type === "finished"
      ? fetchResult(ports, delivery, event.value.requestId)
      : applyAndClose(ports, delivery, event.value);
  });
}

interface OrderDelivery extends InboxDelivery {
  readonly orderId: string;
}

/** It was stored before the deployment changed its provider; its order is polled, or ends at its deadline. */
interface ProviderGone {
  readonly type: "provider-gone";
}

type Unreadable = WebhookRejected | KeysUnavailable | WebhookMalformed | ProviderGone | StorageFailure;

async function read(ports: ProcessPorts, delivery: OrderDelivery): Promise<Result<WebhookEvent, Unreadable>> {
  const { webhooks } = ports;
  if (!webhooks) return err({ type: "keys-unavailable", detail: "there is no webhook intake" });
  const receiver = receiverNamed(webhooks, delivery.source);
  if (!receiver) return err({ type: "provider-gone" });
  if (delivery.verified) return receiver.parse(sealDelivery(delivery, delivery.requestId));
  const verified = await receiver.verify(delivery);
  if (verified.isErr()) return err(verified.error);
  const about = { orderId: delivery.orderId, delivery: verified.value };
  const whose = await judgeAccount(ports, receiver, about);
  if (whose.isErr()) return err(whose.error);
  if (whose.value === "another") {
    const listed = await listForeign(ports, receiver, about);
    return err(listed.isErr() ? listed.error : { type: "webhook-rejected", reason: "foreign-account" });
  }
  return whose.value === "ours"
    ? receiver.parse(verified.value)
    : err({ type: "keys-unavailable", detail: "it is not known yet which account is ours" });
}

function afterUnreadable(
  ports: ProcessPorts,
  delivery: InboxDelivery,
  error: Unreadable,
): ResultAsync<JobOutcome, StorageFailure> {
  switch (error.type) {
    case "webhook-rejected":
      return close(ports, delivery, "forged");
    case "webhook-malformed":
      return close(ports, delivery, "malformed", error.detail);
    case "provider-gone":
      return close(ports, delivery, "ignored");
    case "keys-unavailable":
      return okAsync(deferral(ports, retrySeconds));
    case "storage-failure":
      return errAsync(error);
  }
}

/** Fetches the result that a delivery announces but does not contain. */
function fetchResult(
  ports: ProcessPorts,
  delivery: OrderDelivery,
  requestId: string,
): ResultAsync<JobOutcome, ProcessDeliveryError> {
  const { orderId } = delivery;
  const ran: OrderEvent = { type: "running", requestId };
  return safeTry(async function* () {
    // The request id is stored first: possibly only this delivery has it, and the result is fetched by it.
    yield* applyOrderEvent(ports, { orderId, event: ran });
    const order = yield* ports.store.orders.find(orderId);
    const asked = order && knownBy(order, requestId);
    if (!asked) return applyAndClose(ports, delivery, ran);

    const result = await ports.provider.look(asked);
    if (result.isOk()) return applyAndClose(ports, delivery, result.value);
    if (result.error.type === "provider-unavailable") return err(result.error);
    return isAwaited(asked)
      ? askLater(ports, delivery, asked, result.error)
      : // The outcome is known already, or the order is polled until its deadline.
        close(ports, delivery, "ignored");
  });
}

/**
 * Whether only this job asks for the result: the order was given up, so it is not polled, and has no late result.
 */
const isAwaited = ({ state }: Order): boolean =>
  (state.status === "failed" || state.status === "cancelled") && state.lateOutcome === undefined;

/** Retries: a single refusal or empty answer may be temporary, and the result was paid for. */
function askLater(
  ports: ProcessPorts,
  delivery: OrderDelivery,
  order: Order,
  error: ProviderRefused | RequestNotFound,
): ResultAsync<JobOutcome, StorageFailure> {
  const { clock, policy, log } = ports;
  const { id: deliveryId, receivedAt } = delivery;
  log.warn({ deliveryId, ...idsOf(order), error }, "the result that a webhook announces cannot be had yet");
  const isForgotten =
    error.type === "request-not-found" && secondsBetween(receivedAt, clock.now()) >= policy.unknownDeadlineSeconds;
  return isForgotten ? close(ports, delivery, "given_up") : okAsync(deferral(ports, retrySeconds));
}

/** The order with the request, which is added if the order was given up before it was known. */
function knownBy(order: Order, requestId: string): Order | undefined {
  const { state } = order;
  if ((state.status === "failed" || state.status === "cancelled") && !state.request)
    return { ...order, state: { ...state, request: { requestId } } };
  return requestOf(order)?.requestId === requestId ? order : undefined;
}

const applyAndClose = (ports: ProcessPorts, delivery: OrderDelivery, event: OrderEvent) =>
  atomically(ports.store, (tx) =>
    safeTry(async function* () {
      const current = yield* tx.inbox.find(delivery.id);
      if (!current || current.outcome) return ok(jobDone);
      const outcome = yield* applyWithin(tx, ports, delivery.orderId, event);
      // It was stored while the order was erased.
      if (outcome === "unknown_order" && (yield* tx.erasures.findOrder(delivery.orderId)))
        return tx.inbox.delete(delivery.id).map(() => jobDone);
      return closeDelivery(tx, ports, delivery, outcome).map(() => jobDone);
    }),
  );

const close = (ports: ProcessPorts, delivery: InboxDelivery, outcome: InboxOutcome, detail?: string) =>
  closeDelivery(ports.store, ports, delivery, outcome, detail).map(() => jobDone);

/**
 * Writes the outcome of a delivery, and logs an error for the outcomes that an operator should look into. A forged
 * delivery is deleted. `detail` goes into the log, because the body is emptied.
 */
export function closeDelivery(
  { inbox }: Pick<Repositories, "inbox">,
  { clock, log }: Pick<Ports, "clock" | "log">,
  { id: deliveryId, source, orderId, requestId }: InboxDelivery,
  outcome: InboxOutcome,
  detail?: string,
): ResultAsync<void, StorageFailure> {
  const alarm = alarms[outcome];
  const closed = outcome === "forged" ? inbox.delete(deliveryId) : inbox.settle(deliveryId, outcome, clock.now());
  const ids = withoutUndefined({ deliveryId, source, orderId, requestId: cleanText(requestId) || undefined });
  return closed.andTee(() => {
    if (alarm) log.error({ ...ids, ...(detail && { detail: cleanText(detail) }) }, alarm);
  });
}

/** Outcomes that an operator should look into. */
const alarms: Partial<Record<InboxOutcome, string>> = {
  foreign: "a webhook names another request than the order's own",
  unknown_order: "a webhook names an order that does not exist",
  malformed: "a verified webhook cannot be read",
  forged: "a webhook that was stored unverified was forged",
  given_up: "a webhook could not be verified or applied in time",
};
