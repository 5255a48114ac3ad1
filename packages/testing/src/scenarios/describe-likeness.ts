import { describe } from "vitest";
import { describeAdopting } from "./describe-adopting.ts";
import { describeAdoptingCopies } from "./describe-adopting-copies.ts";
import { describeAnyOrder } from "./describe-any-order.ts";
import { describeAvatars } from "./describe-avatars.ts";
import { describeCancelling } from "./describe-cancelling.ts";
import { describeChangingProvider } from "./describe-changing-provider.ts";
import { describeChannelDeliveries } from "./describe-channel-deliveries.ts";
import { describeConsent } from "./describe-consent.ts";
import { describeCopying } from "./describe-copying.ts";
import { describeCopyingAgain } from "./describe-copying-again.ts";
import { describeDeferring } from "./describe-deferring.ts";
import { describeDuringUploads } from "./describe-during-uploads.ts";
import { describeErasing } from "./describe-erasing.ts";
import { describeErasingAtProvider } from "./describe-erasing-at-provider.ts";
import { describeErasingBytes } from "./describe-erasing-bytes.ts";
import { describeErasingOwners } from "./describe-erasing-owners.ts";
import { describeErasingPhotos } from "./describe-erasing-photos.ts";
import { describeExporting } from "./describe-exporting.ts";
import { describeFinishing } from "./describe-finishing.ts";
import { describeForeignWords } from "./describe-foreign-words.ts";
import { describeGivingUpCopies } from "./describe-giving-up-copies.ts";
import { describeFirstLook } from "./describe-first-look.ts";
import { describeGallery } from "./describe-gallery.ts";
import { describeGuards } from "./describe-guards.ts";
import { describeImages } from "./describe-images.ts";
import { describeLearningAccounts } from "./describe-learning-accounts.ts";
import { describeLastLooks } from "./describe-last-looks.ts";
import { describeLateAnswers } from "./describe-late-answers.ts";
import { describeLateResults } from "./describe-late-results.ts";
import { describeMainOne } from "./describe-main-one.ts";
import { describeModelFiles } from "./describe-model-files.ts";
import { describeNotifying } from "./describe-notifying.ts";
import { describeOpenHolds } from "./describe-open-holds.ts";
import { describeNudging } from "./describe-nudging.ts";
import { describeOrderLimits } from "./describe-order-limits.ts";
import { describePhotoPlaces } from "./describe-photo-places.ts";
import { describePhotoRaces } from "./describe-photo-races.ts";
import { describePhotos } from "./describe-photos.ts";
import { describePictures } from "./describe-pictures.ts";
import { describePlacing } from "./describe-placing.ts";
import { describePolling } from "./describe-polling.ts";
import { describeResending } from "./describe-resending.ts";
import { describeRetention } from "./describe-retention.ts";
import { describeRunningJobs } from "./describe-running-jobs.ts";
import { describeSending } from "./describe-sending.ts";
import { describeSpending } from "./describe-spending.ts";
import { describeStarting } from "./describe-starting.ts";
import { describeStopping } from "./describe-stopping.ts";
import { describeSubmitting } from "./describe-submitting.ts";
import { describeSweeping } from "./describe-sweeping.ts";
import { describeTelling } from "./describe-telling.ts";
import { describeUnconfirmed } from "./describe-unconfirmed.ts";
import { describeUploading } from "./describe-uploading.ts";
import { describeWebhookOutcomes } from "./describe-webhook-outcomes.ts";
import { describeWebhookTrust } from "./describe-webhook-trust.ts";
import { describeWebhooks } from "./describe-webhooks.ts";
import { describeWithoutJobs } from "./describe-without-jobs.ts";
import { describeWithoutSweeping } from "./describe-without-sweeping.ts";
import { pictures } from "./pictures.ts";
import type { CreateStorage } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";
import { trainings } from "./trainings.ts";
import { describeWeightsLinks } from "./describe-weights-links.ts";

export interface LikenessOptions {
  /** Number of random sequences of events; fewer for slow storages. Default 40. */
  readonly stories?: number | undefined;
  /**
   * The parts to run, all by default: what is not about orders, and the orders of each kind. A slow storage can have a
   * test file for each.
   */
  readonly parts?: readonly LikenessPart[] | undefined;
}

export type LikenessPart = "avatars" | "trainings" | "pictures" | "images";

/** Avatars, photos, messages, and what only one kind of order does. */
const once: readonly ((create: CreateStorage) => void)[] = [
  describeAvatars,
  describeLearningAccounts,
  describeErasingPhotos,
  describeErasingOwners,
  describeExporting,
  describeRetention,
  describePhotos,
  describePhotoPlaces,
  describePhotoRaces,
  describeStarting,
  describeUploading,
  describeDuringUploads,
  describeModelFiles,
  describeTelling,
  describeLateResults,
  describeAdoptingCopies,
  describeChannelDeliveries,
  describeMainOne,
  describeNotifying,
  describeSending,
  describeResending,
  describeSweeping,
  describeRunningJobs,
  describePictures,
  describeConsent,
];

/** What an avatar is for. */
const images: readonly ((create: CreateStorage) => void)[] = [
  describeImages,
  describeWeightsLinks,
  describeChangingProvider,
  describeFirstLook,
  describeGallery,
  describeOrderLimits,
  describeSpending,
  describeGuards,
];

/** The machine of orders. */
const forEachKind: readonly ((create: CreateStorage, kind: TestedKind) => void)[] = [
  describePlacing,
  describeSubmitting,
  describeStopping,
  describeDeferring,
  describeUnconfirmed,
  describeLateAnswers,
  describeAdopting,
  describeWebhooks,
  describeWebhookTrust,
  describeWebhookOutcomes,
  describeForeignWords,
  describePolling,
  describeLastLooks,
  describeCancelling,
  describeFinishing,
  describeCopying,
  describeGivingUpCopies,
  describeCopyingAgain,
  describeErasing,
  describeErasingAtProvider,
  describeErasingBytes,
  describeNudging,
  describeOpenHolds,
  describeWithoutJobs,
  describeWithoutSweeping,
];

const kinds = { trainings, pictures } as const satisfies Partial<Record<LikenessPart, TestedKind>>;

/**
 * The promises of Likeness on one storage: the commands and jobs of the core, with and without failures, where everything but
 * store and queue is a fake. What is about orders runs for two kinds of order. `create` is called once per test and
 * returns an empty storage.
 *
 * @example
 * describeLikeness("memory", async (clock) => memoryStore({ clock }));
 */
export function describeLikeness(
  name: string,
  create: CreateStorage,
  { stories = 40, parts = ["avatars", "trainings", "pictures", "images"] }: LikenessOptions = {},
): void {
  describe(`Likeness on ${name}`, () => {
    if (parts.includes("avatars")) for (const describeThem of once) describeThem(create);
    if (parts.includes("images")) for (const describeThem of images) describeThem(create);
    const chosen = parts.flatMap((part) => (part === "avatars" || part === "images" ? [] : kinds[part]));
    describe.each(chosen)("orders of the kind $name", (kind) => {
      for (const describeThem of forEachKind) describeThem(create, kind);
      describeAnyOrder(create, kind, Math.ceil(stories / Object.keys(kinds).length));
    });
  });
}
