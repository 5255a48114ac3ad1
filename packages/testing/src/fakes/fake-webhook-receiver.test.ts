import type { WebhookEvent } from "@likeness/core";
import { describeWebhookReceiver } from "../contracts/webhook-receiver/describe-webhook-receiver.ts";
import { aModel } from "../fixtures/model.ts";
import { fakeWebhookReceiver } from "./fake-webhook-receiver.ts";
import { signedDelivery } from "./signed-delivery.ts";

describeWebhookReceiver("fake", async () => {
  const receiver = fakeWebhookReceiver();
  return {
    receiver,
    deliver: ({ outcome, requestId, account, signer, headerRequestId, ...options }) => {
      const event: WebhookEvent =
        outcome === "succeeded"
          ? { type: "succeeded", requestId, outcome: aModel() }
          : { type: "failed", requestId, detail: "out of memory" };
      return signedDelivery(event, {
        ...options,
        requestId: headerRequestId,
        account: account === "foreign" ? "another account" : undefined,
        key: signer === "stranger" ? "another key" : undefined,
      });
    },
    setKeysAvailable: receiver.setKeysAvailable,
  };
});
