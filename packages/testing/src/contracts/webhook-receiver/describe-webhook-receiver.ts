import { describe } from "vitest";
import { describeAcceptedDeliveries } from "./describe-accepted-deliveries.ts";
import { describeRejectedDeliveries } from "./describe-rejected-deliveries.ts";
import type { CreateWebhookReceiver, WebhookTraits } from "./subject.ts";

/**
 * The contract of a `WebhookReceiver`. `create` is called once per test; no keys were fetched yet. `traits`: how this
 * provider signs, where it does so otherwise than fal.
 */
export function describeWebhookReceiver(name: string, create: CreateWebhookReceiver, traits: WebhookTraits = {}): void {
  describe(`WebhookReceiver: ${name}`, () => {
    describeAcceptedDeliveries(create, traits);
    describeRejectedDeliveries(create, traits);
  });
}
