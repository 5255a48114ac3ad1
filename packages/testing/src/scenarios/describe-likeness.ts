import { describe } from "vitest";
import { describeAnyOrder } from "./describe-any-order.ts";
import { describeAvatars } from "./describe-avatars.ts";
import { describeFinishing } from "./describe-finishing.ts";
import { describeNotifying } from "./describe-notifying.ts";
import { describePhotos } from "./describe-photos.ts";
import { describePolling } from "./describe-polling.ts";
import { describeStarting } from "./describe-starting.ts";
import { describeSubmitting } from "./describe-submitting.ts";
import { describeSweeping } from "./describe-sweeping.ts";
import { describeWebhookTrust } from "./describe-webhook-trust.ts";
import { describeWebhooks } from "./describe-webhooks.ts";
import type { CreateStorage } from "./stage.ts";

/**
 * What Likeness promises its people, on one storage: the use-cases of the core in good times and bad, everything but
 * store and queue being a fake. `create` is called once per case and returns an empty storage.
 *
 * @example
 * describeLikeness("memory", async (clock) => memoryStore({ clock }));
 */
export function describeLikeness(name: string, create: CreateStorage): void {
  describe(`Likeness on ${name}`, () => {
    describeAvatars(create);
    describePhotos(create);
    describeStarting(create);
    describeSubmitting(create);
    describeWebhooks(create);
    describeWebhookTrust(create);
    describePolling(create);
    describeFinishing(create);
    describeNotifying(create);
    describeSweeping(create);
    describeAnyOrder(create);
  });
}
