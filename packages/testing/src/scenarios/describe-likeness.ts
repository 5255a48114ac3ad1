import { describe } from "vitest";
import { describeAnyOrder } from "./describe-any-order.ts";
import { describeAdopting } from "./describe-adopting.ts";
import { describeAvatars } from "./describe-avatars.ts";
import { describeCancelling } from "./describe-cancelling.ts";
import { describeDeferring } from "./describe-deferring.ts";
import { describeErasing } from "./describe-erasing.ts";
import { describeCopying } from "./describe-copying.ts";
import { describeCopyingAgain } from "./describe-copying-again.ts";
import { describeChannelDeliveries } from "./describe-channel-deliveries.ts";
import { describeFinishing } from "./describe-finishing.ts";
import { describeForeignWords } from "./describe-foreign-words.ts";
import { describeLastLooks } from "./describe-last-looks.ts";
import { describeLateAnswers } from "./describe-late-answers.ts";
import { describeLateResults } from "./describe-late-results.ts";
import { describeMainOne } from "./describe-main-one.ts";
import { describeNotifying } from "./describe-notifying.ts";
import { describeNudging } from "./describe-nudging.ts";
import { describeOtherKinds } from "./describe-other-kinds.ts";
import { describePhotoPlaces } from "./describe-photo-places.ts";
import { describePhotoRaces } from "./describe-photo-races.ts";
import { describePhotos } from "./describe-photos.ts";
import { describePolling } from "./describe-polling.ts";
import { describeResending } from "./describe-resending.ts";
import { describeSending } from "./describe-sending.ts";
import { describeStarting } from "./describe-starting.ts";
import { describeStartingAgain } from "./describe-starting-again.ts";
import { describeStopping } from "./describe-stopping.ts";
import { describeSubmitting } from "./describe-submitting.ts";
import { describeSweeping } from "./describe-sweeping.ts";
import { describeUnconfirmed } from "./describe-unconfirmed.ts";
import { describeWebhookOutcomes } from "./describe-webhook-outcomes.ts";
import { describeWebhookTrust } from "./describe-webhook-trust.ts";
import { describeWebhooks } from "./describe-webhooks.ts";
import { describeWithoutSweeping } from "./describe-without-sweeping.ts";
import type { CreateStorage } from "./stage.ts";

export interface LikenessOptions {
  /** Number of random sequences of events; fewer for slow storages. Default 40. */
  readonly stories?: number | undefined;
}

/**
 * The promises of Likeness on one storage: the use-cases of the core, with and without failures, where everything but
 * store and queue is a fake. `create` is called once per test and returns an empty storage.
 *
 * @example
 * describeLikeness("memory", async (clock) => memoryStore({ clock }));
 */
export function describeLikeness(name: string, create: CreateStorage, { stories = 40 }: LikenessOptions = {}): void {
  describe(`Likeness on ${name}`, () => {
    describeAvatars(create);
    describeErasing(create);
    describePhotos(create);
    describePhotoPlaces(create);
    describePhotoRaces(create);
    describeStarting(create);
    describeStartingAgain(create);
    describeSubmitting(create);
    describeStopping(create);
    describeDeferring(create);
    describeUnconfirmed(create);
    describeLateAnswers(create);
    describeAdopting(create);
    describeWebhooks(create);
    describeWebhookTrust(create);
    describeWebhookOutcomes(create);
    describeForeignWords(create);
    describeChannelDeliveries(create);
    describePolling(create);
    describeLastLooks(create);
    describeCancelling(create);
    describeFinishing(create);
    describeCopying(create);
    describeCopyingAgain(create);
    describeLateResults(create);
    describeMainOne(create);
    describeNotifying(create);
    describeSending(create);
    describeResending(create);
    describeSweeping(create);
    describeNudging(create);
    describeWithoutSweeping(create);
    describeOtherKinds(create);
    describeAnyOrder(create, stories);
  });
}
