import { createHmac } from "node:crypto";
import type { Delivery, Timestamp, WebhookEvent } from "@likeness/core";
import { testStart } from "../clock/test-clock.ts";
import { digestOf } from "../fixtures/fixture-ids.ts";

export interface SignedDeliveryOptions {
  readonly receivedAt?: Timestamp | undefined;
  /** Default: the moment it is received. */
  readonly sentAt?: Timestamp | undefined;
  /** In the header; default: the one of the event. */
  readonly requestId?: string | undefined;
  /** Default: ours. */
  readonly account?: string | undefined;
  /** Default: the provider's. */
  readonly key?: string | undefined;
  /** Instead of the event. */
  readonly body?: Uint8Array | undefined;
}

/** A webhook as the provider of `fakeWebhookReceiver` makes it: the event as JSON, signed with HMAC-SHA-256. */
export function signedDelivery(event: WebhookEvent, options: SignedDeliveryOptions = {}): Delivery {
  const { receivedAt = testStart, requestId = event.requestId, account = ourAccount, key = providerKey } = options;
  const body = options.body ?? new TextEncoder().encode(JSON.stringify(event));
  const sentAt = String(Date.parse(options.sentAt ?? receivedAt) / 1000);
  return {
    headers: {
      "content-type": "application/json",
      [signedHeaders.requestId]: requestId,
      [signedHeaders.account]: account,
      [signedHeaders.sentAt]: sentAt,
      [signedHeaders.signature]: signatureOf({ key, requestId, account, sentAt, body }),
    },
    body,
    receivedAt,
  };
}

export const signedHeaders = {
  requestId: "x-example-request-id",
  account: "x-example-account",
  sentAt: "x-example-sent-at",
  signature: "x-example-signature",
} as const;

export const ourAccount = "our account";
export const providerKey = "the key of the provider";

export interface Signed {
  readonly key: string;
  readonly requestId: string;
  readonly account: string;
  readonly sentAt: string;
  readonly body: Uint8Array;
}

export const signatureOf = ({ key, requestId, account, sentAt, body }: Signed): string =>
  createHmac("sha256", key)
    .update([requestId, account, sentAt, digestOf(body)].join("\n"))
    .digest("hex");

const eventTypes: readonly unknown[] = ["queued", "running", "finished", "succeeded", "failed"];

export const isWebhookEvent = (value: unknown): value is WebhookEvent =>
  typeof value === "object" &&
  value !== null &&
  "type" in value &&
  eventTypes.includes(value.type) &&
  "requestId" in value &&
  typeof value.requestId === "string";
