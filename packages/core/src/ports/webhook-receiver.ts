import type { Result, ResultAsync } from "neverthrow";
import type { TrainingEvent } from "../domain/training-event.ts";
import type { Timestamp } from "../domain/timestamp.ts";

/** One HTTP call of a webhook, its body untouched. */
export interface Delivery {
  /** Lower-case names; a header that came several times is joined with `, `. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  readonly receivedAt: Timestamp;
}

declare const verified: unique symbol;

/** A delivery whose sender is proven. Only a `WebhookReceiver` makes one, and only one can be parsed. */
export interface VerifiedDelivery extends Delivery {
  readonly requestId: string;
  readonly [verified]: true;
}

/** The seal of a receiver: call it after the signature was checked, never before. */
export const sealDelivery = (delivery: Delivery, requestId: string): VerifiedDelivery =>
  ({ ...delivery, requestId }) as VerifiedDelivery;

/** The delivery does not come from our account at the provider, or not now. */
export interface WebhookRejected {
  readonly type: "webhook-rejected";
  readonly reason:
    "signature-missing" | "signature-invalid" | "signature-stale" | "foreign-account" | "request-mismatch";
}

/** The keys to verify with are out of reach; the delivery may be genuine. */
export interface KeysUnavailable {
  readonly type: "keys-unavailable";
  readonly detail: string;
}

/** Verified, but not what a webhook of this provider looks like. */
export interface WebhookMalformed {
  readonly type: "webhook-malformed";
  readonly detail: string;
}

/** Verifies and reads the webhooks of one provider. Run `describeWebhookReceiver` of `@likeness/testing` against yours. */
export interface WebhookReceiver {
  /** Name of the provider, e.g. `fal`. */
  readonly source: string;
  /** Names of the headers that `verify` reads, lower-case: those are stored with the delivery. */
  readonly headers: readonly string[];
  /** The request id that the delivery claims, without any check. */
  requestId(delivery: Delivery): string | undefined;
  /** Checks the signature against `receivedAt`, so that a stored delivery can be verified later. */
  verify(delivery: Delivery): ResultAsync<VerifiedDelivery, WebhookRejected | KeysUnavailable>;
  parse(delivery: VerifiedDelivery): Result<TrainingEvent, WebhookMalformed>;
}
