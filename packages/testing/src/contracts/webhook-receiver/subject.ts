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
  /**
   * The key that signs. Default: the provider's. `both`: the delivery has a stranger's signature and then the provider's;
   * only where a delivery can have several.
   */
  readonly signer?: "provider" | "stranger" | "both" | undefined;
  /** The request id in the header, if it differs from the one in the body. */
  readonly headerRequestId?: string | undefined;
  /** Signed in place of the provider's body. */
  readonly body?: Uint8Array | undefined;
}

export interface WebhookReceiverSubject {
  readonly receiver: WebhookReceiver;
  /** Signs as the provider does. */
  deliver(script: ScriptedDelivery): Delivery | Promise<Delivery>;
  /**
   * Sets whether the keys can be fetched. When a test begins, no keys were fetched yet. Absent where the receiver is given
   * its keys.
   */
  readonly setKeysAvailable?: ((available: boolean) => void | Promise<void>) | undefined;
  /** From now on the provider signs with another key; the receiver may take it, e.g. because time has passed. */
  readonly rotateKeys?: (() => void | Promise<void>) | undefined;
}

/** What the suite asks of a receiver where providers sign differently. */
export interface WebhookTraits {
  /** Whether a delivery names the account at the provider, because all its customers share the keys. Default: true. */
  readonly namesAccount?: boolean | undefined;
  /** Whether a header names the request. Default: true; false where only the body does. */
  readonly namesRequest?: boolean | undefined;
  /** Whether the keys are fetched. Default: true; false where the receiver is given them. */
  readonly fetchesKeys?: boolean | undefined;
  /** Whether one delivery can have several signatures, of which one has to be right. Default: false. */
  readonly severalSignatures?: boolean | undefined;
  /** Whether the keys can change while the receiver runs. Default: false; true needs `rotateKeys`. */
  readonly rotates?: boolean | undefined;
}

export type CreateWebhookReceiver = () => Promise<WebhookReceiverSubject>;

/** Nothing is wrong with this one. */
export const genuine: ScriptedDelivery = {
  outcome: "succeeded",
  requestId: "123e4567-e89b-12d3-a456-426614174000",
  sentAt: testStart,
  receivedAt: testStart,
};
