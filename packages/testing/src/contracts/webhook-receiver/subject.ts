import type { Delivery, Timestamp, WebhookReceiver } from "@likeness/core";
import { testStart } from "../../clock/test-clock.ts";

/** A webhook that the provider is to make. Everything about it is genuine unless something else is asked for. */
export interface ScriptedDelivery {
  readonly outcome: "succeeded" | "failed";
  readonly requestId: string;
  readonly sentAt: Timestamp;
  readonly receivedAt: Timestamp;
  /** Whose account at the provider the request belongs to. Default: ours. */
  readonly account?: "ours" | "foreign" | undefined;
  /** Whose key signs. Default: the provider's. */
  readonly signer?: "provider" | "stranger" | undefined;
  /** The request id in the header, when it is another one than in the body. */
  readonly headerRequestId?: string | undefined;
  /** Signed in place of the provider's body. */
  readonly body?: Uint8Array | undefined;
}

export interface WebhookReceiverSubject {
  readonly receiver: WebhookReceiver;
  /** Signs as the provider does. */
  deliver(script: ScriptedDelivery): Delivery | Promise<Delivery>;
  /** Whether the keys to verify with can be reached. They have never been asked for when a case begins. */
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
