import { describe } from "vitest";
import { describeAcceptedDeliveries } from "./describe-accepted-deliveries.ts";
import { describeRejectedDeliveries } from "./describe-rejected-deliveries.ts";
import type { CreateWebhookReceiver } from "./subject.ts";

/** What every `WebhookReceiver` has to do. `create` is called once per case; the keys have never been asked for. */
export function describeWebhookReceiver(name: string, create: CreateWebhookReceiver): void {
  describe(`WebhookReceiver: ${name}`, () => {
    describeAcceptedDeliveries(create);
    describeRejectedDeliveries(create);
  });
}
