import { errAsync, fromSafePromise, ok, err, type ResultAsync } from "neverthrow";
import type { Ports } from "../ports/ports.ts";

declare const admitted: unique symbol;

/** Proof that the address of a delivery was made by us, for this training. Only `admitWebhook` returns one. */
export interface WebhookAdmission {
  readonly trainingId: string;
  readonly [admitted]: true;
}

/** The address was not made by us. */
export interface WebhookNotFound {
  readonly type: "webhook-not-found";
}

export interface AdmitWebhook {
  readonly trainingId: string;
  readonly token: string;
}

/** Checks the address of a delivery, before its body is read. Touches neither database nor network. */
export function admitWebhook(
  { webhooks }: Pick<Ports, "webhooks">,
  { trainingId, token }: AdmitWebhook,
): ResultAsync<WebhookAdmission, WebhookNotFound> {
  if (!webhooks) return errAsync({ type: "webhook-not-found" });
  return fromSafePromise(webhooks.address.accepts(trainingId, token)).andThen((accepted) =>
    accepted ? ok({ trainingId } as WebhookAdmission) : err({ type: "webhook-not-found" } as const),
  );
}
