import type { Result, ResultAsync } from "neverthrow";
import { requestOf, type Order } from "../orders/order.ts";
import { extended } from "../ports/extended.ts";
import type { JobHandler, JobHandlers } from "../ports/job-queue.ts";
import type { Notifier } from "../ports/notifier.ts";
import type { OrderTrace, Provider } from "../ports/provider.ts";
import { isObject, type Json } from "../values/json.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import type { JobRun, ProviderCall } from "./events.ts";
import { trace } from "./trace.ts";

/** A provider whose calls are published. */
export function tracedProvider(provider: Provider): Provider {
  const call =
    (method: ProviderCall["method"]) =>
    <T, E extends { readonly type: string }>(ids: CallIds, work: () => ResultAsync<T, E>): ResultAsync<T, E> =>
      trace("provider", { provider: provider.name, method, ...ids }, work, foundBy);
  const { cancel, find, erase } = provider;
  return extended(provider, {
    prepare: (order, archive) => call("prepare")(callIds(order), () => provider.prepare(order, archive)),
    submit: (submission) => call("submit")(callIds(submission.order), () => provider.submit(submission)),
    look: (order) => call("look")(callIds(order), () => provider.look(order)),
    cancel: cancel && ((order) => call("cancel")(callIds(order), () => cancel.call(provider, order))),
    find: find && ((order) => call("find")(callIds(order), () => find.call(provider, order))),
    erase: erase && ((erased) => call("erase")(erasedIds(erased), () => erase.call(provider, erased))),
  });
}

type CallIds = Omit<ProviderCall, "provider" | "method" | "outcome" | "milliseconds">;

const callIds = (order: Order): CallIds =>
  withoutUndefined({
    orderId: order.id,
    orderKind: order.kind,
    avatarId: order.avatarId,
    ownerId: order.ownerId,
    requestId: requestOf(order)?.requestId,
  });

const erasedIds = ({ orderId, requestId }: OrderTrace): CallIds => withoutUndefined({ orderId, requestId });

/** The tag of an answer or of an error; nothing else of them is published. */
const foundBy = <T, E extends { readonly type: string }>(result: Result<T, E>): string =>
  result.match(
    (answer) => (typeof answer === "object" && answer && "type" in answer ? String(answer.type) : "ok"),
    ({ type }) => type,
  );

/** A notifier whose attempts are published. */
export const tracedNotifier = (notifier: Notifier): Notifier =>
  extended(notifier, {
    send: (message) => {
      const { id: notificationId, content, attempts: attempt, orderId, avatarId, ownerId } = message;
      return trace(
        "message",
        { notificationId, template: content.template, attempt, orderId, avatarId, ownerId },
        () => notifier.send(message),
        (result) =>
          result.match(
            ({ type }) => type,
            ({ type }) => type,
          ),
      );
    },
  });

/** Handlers whose runs are published. */
export const tracedHandlers = (handlers: JobHandlers): JobHandlers =>
  Object.fromEntries(Object.entries(handlers).map(([kind, handler]) => [kind, tracedHandler(handler)]));

const tracedHandler =
  (handler: JobHandler): JobHandler =>
  (job) => {
    const { kind, key, attempt, payload } = job;
    return trace(
      "job",
      { kind, key, attempt, ...idsIn(payload) },
      () => handler(job),
      (result) =>
        result.match(
          ({ type }) => type,
          ({ permanent }) => (permanent ? "failed for good" : "failed"),
        ),
    );
  };

const jobIds = ["orderId", "photoId", "deliveryId", "notificationId", "erasureId"] as const;

const idsIn = (payload: Json): Partial<JobRun> =>
  isObject(payload)
    ? Object.fromEntries(jobIds.flatMap((name) => (typeof payload[name] === "string" ? [[name, payload[name]]] : [])))
    : {};
