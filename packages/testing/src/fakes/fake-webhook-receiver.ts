import {
  sealDelivery,
  type Delivery,
  type KeysUnavailable,
  type VerifiedDelivery,
  type WebhookMalformed,
  type WebhookReceiver,
  type WebhookRejected,
} from "@likeness/core";
import { err, errAsync, ok, okAsync, type Result, type ResultAsync } from "neverthrow";
import { isWebhookEvent, ourAccount, providerKey, signatureOf, signedHeaders } from "./signed-delivery.ts";

export interface FakeWebhookReceiver extends WebhookReceiver {
  /** Sets whether the keys can be fetched. */
  setKeysAvailable(available: boolean): void;
}

const leewaySeconds = 300;

export interface FakeWebhookReceiverOptions {
  /** It does not know which account is ours: the core has to learn it. */
  readonly learnsAccount?: boolean | undefined;
}

/** Receives the webhooks that `signedDelivery` makes. `source`: the name of the provider that is said to send them. */
export function fakeWebhookReceiver(
  source = "example",
  { learnsAccount = false }: FakeWebhookReceiverOptions = {},
): FakeWebhookReceiver {
  let keysAvailable = true;
  const keys = (): ResultAsync<string, KeysUnavailable> =>
    keysAvailable ? okAsync(providerKey) : errAsync({ type: "keys-unavailable", detail: "the keys are out of reach" });

  return {
    source,
    headers: Object.values(signedHeaders),
    setKeysAvailable: (available) => {
      keysAvailable = available;
    },
    requestId: (delivery) => delivery.headers[signedHeaders.requestId],
    ...(learnsAccount && { accountOf: ({ headers }) => headers[signedHeaders.account] ?? "" }),
    verify: (delivery) =>
      claimOf(delivery).asyncAndThen((claim) => keys().andThen((key) => check(delivery, claim, key, learnsAccount))),
    parse: ({ body }) => {
      const event = readJson(body);
      return isWebhookEvent(event) ? ok(event) : err<never, WebhookMalformed>(malformed);
    },
  };
}

interface Claim {
  readonly requestId: string;
  readonly account: string;
  readonly sentAt: string;
  readonly signature: string;
}

function claimOf({ headers, receivedAt }: Delivery): Result<Claim, WebhookRejected> {
  const requestId = headers[signedHeaders.requestId];
  const account = headers[signedHeaders.account];
  const sentAt = headers[signedHeaders.sentAt];
  const signature = headers[signedHeaders.signature];
  if (!requestId || !account || !sentAt || !signature) return rejected("signature-missing");
  const age = Date.parse(receivedAt) / 1000 - Number(sentAt);
  return Math.abs(age) <= leewaySeconds ? ok({ requestId, account, sentAt, signature }) : rejected("signature-stale");
}

function check(
  delivery: Delivery,
  claim: Claim,
  key: string,
  takesAnyAccount: boolean,
): Result<VerifiedDelivery, WebhookRejected> {
  const { requestId, account, sentAt, signature } = claim;
  const { body } = delivery;
  if (signature !== signatureOf({ key, requestId, account, sentAt, body })) return rejected("signature-invalid");
  if (!takesAnyAccount && account !== ourAccount) return rejected("foreign-account");
  const event = readJson(body);
  if (isWebhookEvent(event) && event.requestId !== requestId) return rejected("request-mismatch");
  return ok(sealDelivery(delivery, requestId));
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

const rejected = (reason: WebhookRejected["reason"]): Result<never, WebhookRejected> =>
  err({ type: "webhook-rejected", reason });

const malformed: WebhookMalformed = { type: "webhook-malformed", detail: "not an order event" };
