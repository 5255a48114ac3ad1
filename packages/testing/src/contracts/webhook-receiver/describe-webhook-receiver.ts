import { describe } from "vitest";
import { describeAcceptedDeliveries } from "./describe-accepted-deliveries.ts";
import { describeRejectedDeliveries } from "./describe-rejected-deliveries.ts";
import type { CreateWebhookReceiver } from "./subject.ts";

/** The contract of a `WebhookReceiver`. `create` is called once per test; no keys were fetched yet. */
export function describeWebhookReceiver(name: string, create: CreateWebhookReceiver): void {
  describe(`WebhookReceiver: ${name}`, () => {
    describeAcceptedDeliveries(create);
    describeRejectedDeliveries(create);
  });
}
