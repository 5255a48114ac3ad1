import type { JsonObject } from "../values/json.ts";
import type { Timestamp } from "../values/timestamp.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import type { FailureReason } from "./failure-reason.ts";
import type { Outcome } from "./outcome.ts";

/** One photo that an order needs, as it was when the order was placed. */
export interface ManifestEntry {
  /** Name in the archive: `photo_001.jpg`, `photo_002.jpg`, … */
  readonly file: string;
  /** Hex SHA-256 of the photo's copy, its key in the blob store. */
  readonly blobKey: string;
  readonly bytes: number;
}

/** Everything that an order is made from. Immutable: later changes of a profile do not affect it. */
export interface OrderSnapshot {
  /** The provider's name for what is ordered, e.g. `fal-ai/flux-lora-portrait-trainer`. */
  readonly endpoint: string;
  /** The provider's input, without what has to be prepared first. */
  readonly input: JsonObject;
  /** The photos that have to be prepared, in their order; absent for an order that needs none. */
  readonly manifest?: readonly ManifestEntry[] | undefined;
}

/** What the provider has prepared for an order, e.g. an uploaded archive. Opaque: only its adapter reads it. */
export interface Prepared {
  /** Added to the input of the order. */
  readonly input: JsonObject;
}

/** The provider's handle of an accepted request. URLs are kept as the provider returned them. */
export interface ProviderRequest {
  readonly requestId: string;
  readonly statusUrl?: string | undefined;
  readonly responseUrl?: string | undefined;
  readonly cancelUrl?: string | undefined;
}

/** The progress of a submitted order. */
export interface Progress {
  /** Requests ahead in the provider's queue. */
  readonly position?: number | undefined;
  /** 0 to 100, never backwards. */
  readonly percent?: number | undefined;
  /** When the provider first reported it as running. */
  readonly startedAt?: Timestamp | undefined;
  /** Since when the provider answers that it does not know the request; absent while it knows it. */
  readonly missingSince?: Timestamp | undefined;
}

/** The status of an order, with the data of that status. The transitions are in order-lifecycle.ts. */
export type OrderState<Yield extends Outcome = Outcome> =
  /** `prepared`: absent before it was prepared. Kept after the end, so that it can be erased. */
  | { readonly status: "requested"; readonly prepared?: Prepared | undefined }
  /** Written before the one POST: the POST is under way, or the process died before it stored the answer. */
  | { readonly status: "submitting"; readonly prepared: Prepared; readonly submitStartedAt: Timestamp }
  | {
      readonly status: "submitted";
      readonly prepared: Prepared;
      readonly request: ProviderRequest;
      readonly submittedAt: Timestamp;
      readonly progress: Progress;
    }
  /** The provider did not confirm the POST. It is never repeated. */
  | { readonly status: "unknown"; readonly prepared: Prepared; readonly submitStartedAt: Timestamp }
  | {
      readonly status: "succeeded";
      readonly prepared?: Prepared | undefined;
      readonly request: ProviderRequest;
      readonly submittedAt: Timestamp;
      readonly finishedAt: Timestamp;
      /** How many seconds it ran, as measured by the provider; absent when the provider did not say. */
      readonly ranSeconds?: number | undefined;
      readonly outcome: Yield;
    }
  /** `lateOutcome`: a result that came after the order was given up; it was paid for, so it is kept. */
  | {
      readonly status: "failed";
      readonly prepared?: Prepared | undefined;
      readonly reason: FailureReason;
      readonly detail?: string | undefined;
      readonly finishedAt: Timestamp;
      readonly request?: ProviderRequest | undefined;
      readonly lateOutcome?: Yield | undefined;
    }
  | {
      readonly status: "cancelled";
      readonly prepared?: Prepared | undefined;
      readonly finishedAt: Timestamp;
      readonly request?: ProviderRequest | undefined;
      readonly lateOutcome?: Yield | undefined;
    };

export type OrderStatus = OrderState["status"];

/** One paid request at a provider. */
export interface Order<Snapshot extends OrderSnapshot = OrderSnapshot, Yield extends Outcome = Outcome> {
  readonly id: string;
  /** Name of its kind, e.g. `training`. */
  readonly kind: string;
  /** The id of the first order of those that were placed together, e.g. the pictures of one set; absent: it is alone. */
  readonly setId?: string | undefined;
  readonly avatarId: string;
  readonly ownerId: string;
  /** Name of the provider that runs it, e.g. `fal`. */
  readonly provider: string;
  /** The same key twice is the same order. */
  readonly idempotencyKey: string;
  /** Ordered for its owner and not by them: it does not count for their limits. */
  readonly uncounted?: true | undefined;
  readonly snapshot: Snapshot;
  readonly state: OrderState<Yield>;
  readonly createdAt: Timestamp;
  /** When the sweeper enqueues a job for it, unless a job has moved this time before; absent when no work is left. */
  readonly nextCheckAt?: Timestamp | undefined;
  /** When the current status or, after the end, the copying of its outcome is given up. */
  readonly deadlineAt?: Timestamp | undefined;
  readonly version: number;
}

/** The provider's handle, in every status in which it is known. */
export const requestOf = (order: Order): ProviderRequest | undefined =>
  "request" in order.state ? order.state.request : undefined;

/**
 * The input by which an order is found at its provider, because no other order has it: what was prepared for it or,
 * where that is nothing, all that is sent. `undefined` before it is prepared.
 */
export function distinctInput({ snapshot, state: { prepared } }: Order): JsonObject | undefined {
  const isNothing = prepared !== undefined && Object.keys(prepared.input).length === 0;
  return isNothing ? snapshot.input : prepared?.input;
}

/** What the order yielded, in time or late; `undefined` when it yielded nothing. */
export function outcomeIn<Yield extends Outcome>(state: OrderState<Yield>): Yield | undefined {
  if (state.status === "succeeded") return state.outcome;
  return "lateOutcome" in state ? state.lateOutcome : undefined;
}

/**
 * The ids of an order for the log: the order's, its avatar's, its owner's, and its request's at the provider once that
 * is known.
 */
export const idsOf = (order: Order): Readonly<Record<string, string>> =>
  withoutUndefined({
    orderId: order.id,
    kind: order.kind,
    avatarId: order.avatarId,
    ownerId: order.ownerId,
    requestId: requestOf(order)?.requestId,
  });
