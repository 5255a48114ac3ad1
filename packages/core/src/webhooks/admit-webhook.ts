import { errAsync, fromSafePromise, ok, err, type ResultAsync } from "neverthrow";
import type { Ports } from "../ports/ports.ts";

declare const admitted: unique symbol;

/** Proof that the address of a delivery was made by us, for this order. Only `admitWebhook` returns one. */
export interface WebhookAdmission {
  readonly orderId: string;
  readonly [admitted]: true;
}

/** The address was not made by us. */
export interface WebhookNotFound {
  readonly type: "webhook-not-found";
}

export interface AdmitWebhook {
  readonly orderId: string;
  readonly token: string;
}

/** Checks the address of a delivery, before its body is read. Touches neither database nor network. */
export function admitWebhook(
  { webhooks }: Pick<Ports, "webhooks">,
  { orderId, token }: AdmitWebhook,
): ResultAsync<WebhookAdmission, WebhookNotFound> {
  if (!webhooks) return errAsync({ type: "webhook-not-found" });
  return fromSafePromise(webhooks.address.accepts(orderId, token)).andThen((accepted) =>
    accepted ? ok({ orderId } as WebhookAdmission) : err({ type: "webhook-not-found" } as const),
  );
}
