import type { Delivery, Timestamp, WebhookReceiver } from "@likeness/core";
import { testStart } from "../../clock/test-clock.ts";

/** A webhook for the provider to sign. It is genuine except for the given fields. */
export interface ScriptedDelivery {
  readonly outcome: "succeeded" | "failed";
  readonly requestId: string;
  readonly sentAt: Timestamp;
  readonly receivedAt: Timestamp;
  /** The account at the provider that the request belongs to. Default: ours. */
  readonly account?: "ours" | "foreign" | undefined;
  /** The key that signs. Default: the provider's. */
  readonly signer?: "provider" | "stranger" | undefined;
  /** The request id in the header, if it differs from the one in the body. */
  readonly headerRequestId?: string | undefined;
  /** Signed in place of the provider's body. */
  readonly body?: Uint8Array | undefined;
}

export interface WebhookReceiverSubject {
  readonly receiver: WebhookReceiver;
  /** Signs as the provider does. */
  deliver(script: ScriptedDelivery): Delivery | Promise<Delivery>;
  /** Sets whether the keys can be fetched. When a test begins, no keys were fetched yet. */
  setKeysAvailable(available: boolean): void | Promise<void>;
}

export type CreateWebhookReceiver = () => Promise<WebhookReceiverSubject>;

/** Nothing is wrong with this one. */
export const genuine: ScriptedDelivery = {
  outcome: "succeeded",
  requestId: "123e4567-e89b-12d3-a456-426614174000",
  sentAt: testStart,
  receivedAt: testStart,
};
