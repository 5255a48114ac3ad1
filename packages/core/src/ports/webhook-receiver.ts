import type { Result, ResultAsync } from "neverthrow";
import type { OrderEvent } from "../orders/order-event.ts";
import type { Check } from "./check.ts";
import type { Timestamp } from "../values/timestamp.ts";

/** One HTTP request of a webhook, with its body as raw bytes. */
export interface Delivery {
  /** Lower-case names; repeated headers are joined with `, `. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  readonly receivedAt: Timestamp;
}

declare const verified: unique symbol;

/** A delivery whose signature was verified. Only a `WebhookReceiver` makes one, and `parse` accepts nothing else. */
export interface VerifiedDelivery extends Delivery {
  readonly requestId: string;
  readonly [verified]: true;
}

/** Marks a delivery as verified. Receivers call it after the signature was checked, never before. */
export const sealDelivery = (delivery: Delivery, requestId: string): VerifiedDelivery =>
  ({ ...delivery, requestId }) as VerifiedDelivery;

/** The signature is wrong, too old, or made for another account at the provider. */
export interface WebhookRejected {
  readonly type: "webhook-rejected";
  readonly reason:
    "signature-missing" | "signature-invalid" | "signature-stale" | "foreign-account" | "request-mismatch";
}

/** The keys to verify with cannot be fetched; the delivery may be genuine. */
export interface KeysUnavailable {
  readonly type: "keys-unavailable";
  readonly detail: string;
}

/** The signature is valid, but the body does not match the provider's schema. */
export interface WebhookMalformed {
  readonly type: "webhook-malformed";
  readonly detail: string;
}

/** What a webhook says. `finished`: the order has ended, and its outcome is not in the body, so it has to be fetched. */
export type WebhookEvent = OrderEvent | { readonly type: "finished"; readonly requestId: string };

/**
 * Verifies and reads the webhooks of one provider. Run `describeWebhookReceiver` of `@likeness/testing` against yours.
 */
export interface WebhookReceiver {
  /** The `name` of the provider whose webhooks it reads, e.g. `fal`. */
  readonly source: string;
  /** Names of the headers that `verify` reads, lower-case: those are stored with the delivery. */
  readonly headers: readonly string[];
  /** The longest body that the provider sends, in bytes; absent: 1 MiB. A longer one is answered with 413. */
  readonly maxBytes?: number | undefined;
  /** The request id that the delivery states in a header or in its body, before it is verified. */
  requestId(delivery: Delivery): string | undefined;
  /** Checks the signature against `receivedAt`, so that a stored delivery can be verified later. */
  verify(delivery: Delivery): ResultAsync<VerifiedDelivery, WebhookRejected | KeysUnavailable>;
  parse(delivery: VerifiedDelivery): Result<WebhookEvent, WebhookMalformed>;
  /**
   * The account for which a delivery is signed. Where the provider signs for all its customers with the same keys, and the
   * host does not say which account is ours, the core learns it. Absent: `verify` refuses those of others itself.
   */
  readonly accountOf?: ((delivery: VerifiedDelivery) => string) | undefined;
  /** e.g. whether the keys can be fetched. */
  readonly checks?: (() => readonly Check[]) | undefined;
}
