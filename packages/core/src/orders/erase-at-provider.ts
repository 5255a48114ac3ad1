import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { jobKinds } from "../jobs/job-kinds.ts";
import { deferral, jobDone } from "../jobs/jobs.ts";
import type { Job, JobOutcome } from "../ports/job-queue.ts";
import type { BoundPorts } from "../ports/ports.ts";
import type { OrderTrace, Provider } from "../ports/provider.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { isObject, textsIn, type Json } from "../values/json.ts";
import { addSeconds, type Timestamp } from "../values/timestamp.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import { distinctInput, idsOf, outcomeIn, requestOf, type Order, type Prepared } from "./order.ts";
import { outcomeLinks } from "./outcome.ts";

/**
 * Asks the provider to erase its data of an erased order, until it has done so, refuses, or the deadline has passed:
 * a request that the provider calls running for ever has no other end. What the provider keeps is logged once, with the
 * ids by which an operator finds it there.
 */
export function eraseAtProvider(
  ports: Pick<BoundPorts, "provider" | "clock" | "log">,
  { trace, avatarId, until }: ErasedOrder,
): ResultAsync<JobOutcome, never> {
  const { provider, clock, log } = ports;
  if (!provider.erase) return okAsync(jobDone);
  // The job's payload is all that is left of the order.
  const ids = withoutUndefined({ orderId: trace.orderId, avatarId, requestId: trace.requestId });
  return provider
    .erase(trace)
    .map((): JobOutcome => jobDone)
    .orElse((error) => {
      const { detail } = error;
      if (error.type === "provider-refused") {
        log.warn({ ...ids, status: error.status, detail }, "the provider keeps something of an erased order");
        return okAsync(jobDone);
      }
      if (until !== undefined && until <= clock.now()) {
        log.error({ ...ids, detail }, "erasing at the provider is given up");
        return okAsync(jobDone);
      }
      log.warn({ ...ids, detail }, "erasing at the provider has to wait");
      return okAsync(deferral(ports, error.retryAfterSeconds, until));
    });
}

/** What to erase at the provider; `undefined` while nothing of the order is prepared, so that nothing can have reached it. */
export function traceOf(order: Order): OrderTrace | undefined {
  const { id: orderId, provider, snapshot, state, createdAt } = order;
  const { endpoint } = snapshot;
  const { requestId, statusUrl, cancelUrl } = requestOf(order) ?? {};
  const { prepared } = state;
  // A failed order does not store when it was submitted, which cannot have been before it was created.
  const madeAt = state.status === "failed" ? createdAt : undefined;
  const submitStartedAt = "submitStartedAt" in state ? state.submitStartedAt : madeAt;
  if (prepared === undefined && requestId === undefined) return undefined;
  const distinct = requestId === undefined ? distinctInput(order) : undefined;
  const input = distinct === prepared?.input ? undefined : distinct;
  const copies = outcomeLinks(outcomeIn(state) ?? {});
  const known = withoutUndefined({ prepared, input, submitStartedAt, requestId, statusUrl, cancelUrl });
  return { orderId, provider, endpoint, ...known, ...(copies.length > 0 && { copies }) };
}

/** What is left of an erased order until the provider has erased its part. */
export interface ErasedOrder {
  readonly trace: OrderTrace;
  /** Absent, like `until`, in jobs of version 0.1. */
  readonly avatarId?: string | undefined;
  /** The time of the last attempt. */
  readonly until?: Timestamp | undefined;
}

/** Asks the provider to erase its data of an erased order. A request accepted after that needs its own job. */
export const eraseJob = ({ trace, avatarId, until }: ErasedOrder): Job => ({
  kind: jobKinds.eraseOrder,
  key: `${trace.orderId}:${trace.requestId ?? ""}`,
  payload: withoutUndefined({ ...trace, prepared: trace.prepared && { input: trace.prepared.input }, avatarId, until }),
});

/** Reads it from the payload of a job; `undefined` when there is none. */
export function erasedIn(payload: Json): ErasedOrder | undefined {
  if (!isObject(payload)) return undefined;
  const strings: Partial<Record<string, string>> = Object.fromEntries(
    Object.entries(payload).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
  const { trainingId, orderId = trainingId, endpoint, archiveField, archiveUrl, avatarId, until, ...known } = strings;
  if (orderId === undefined || endpoint === undefined) return undefined;
  // Jobs of version 0.1 name the field and the address of the archive.
  const formerly = archiveField && archiveUrl ? { input: { [archiveField]: archiveUrl } } : undefined;
  const prepared = preparedIn(payload["prepared"]) ?? formerly;
  const input = payload["input"];
  const copies = textsIn(payload["copies"]);
  const sent = {
    ...(prepared && { prepared }),
    ...(isObject(input) && { input }),
    ...(copies.length > 0 && { copies }),
  };
  return { trace: { orderId, endpoint, ...sent, ...known }, avatarId, until };
}

const preparedIn = (value: Json | undefined): Prepared | undefined =>
  isObject(value) && isObject(value["input"]) ? { input: value["input"] } : undefined;

/** Asks the provider to stop an erased order. Its answer is ignored, because no row depends on it. */
export const cancelErased = (
  { provider, log }: Pick<BoundPorts, "provider" | "log">,
  order: Order,
): ResultAsync<unknown, never> => {
  const asked: ReturnType<NonNullable<Provider["cancel"]>> = provider.cancel?.(order) ?? okAsync("requested");
  return asked.orElse((error) => {
    log.warn({ ...idsOf(order), error: error.type }, "an erased order could not be cancelled");
    return okAsync("requested");
  });
};

/** For erased orders: enqueues the jobs that ask the provider to erase its data, if the provider can erase. */
export const eraseTraces = (
  { jobs }: Pick<Repositories, "jobs">,
  { provider, clock, policy }: Pick<BoundPorts, "provider" | "clock" | "policy">,
  orders: readonly Order[],
): ResultAsync<void, StorageFailure> =>
  safeTry(async function* () {
    const asked = orders.filter((order) => provider.canErase(order.provider));
    const until = addSeconds(clock.now(), policy.erasureDeadlineSeconds);
    for (const order of asked) {
      const trace = traceOf(order);
      if (trace) yield* jobs.enqueue(eraseJob({ trace, avatarId: order.avatarId, until }));
    }
    return ok(undefined);
  });
