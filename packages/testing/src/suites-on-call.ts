import { createRequire } from "node:module";
import type { describeCredits as CreditsSuite } from "./contracts/credits/describe-credits.ts";
import type { describeLedger as LedgerSuite } from "./contracts/credits/describe-ledger.ts";
import type { describeAlarms as AlarmsSuite } from "./contracts/describe-alarms.ts";
import type { describeBlobStore as BlobStoreSuite } from "./contracts/describe-blob-store.ts";
import type { describeNotifier as NotifierSuite } from "./contracts/describe-notifier.ts";
import type { describePhotoInspector as PhotoInspectorSuite } from "./contracts/describe-photo-inspector.ts";
import type { describePictureInspector as PictureInspectorSuite } from "./contracts/describe-picture-inspector.ts";
import type { describeJobQueue as JobQueueSuite } from "./contracts/job-queue/describe-job-queue.ts";
import type { describeOperator as OperatorSuite } from "./contracts/operator/describe-operator.ts";
import type { describePurchases as PurchasesSuite } from "./contracts/purchases/describe-purchases.ts";
import type { describeStore as StoreSuite } from "./contracts/store/describe-store.ts";
import type { describeProvider as ProviderSuite } from "./contracts/provider/describe-provider.ts";
import type { describeWebhookReceiver as WebhookReceiverSuite } from "./contracts/webhook-receiver/describe-webhook-receiver.ts";
import type { describeLikeness as LikenessSuite } from "./scenarios/describe-likeness.ts";

/** In the build this module is in the same folder as `suites.js`, in any chunk. */
const requireSuites = createRequire(import.meta.url);

/**
 * The suites are loaded when one is first called, so that the fakes work in any test runner: vitest has to be installed
 * only where a suite is used.
 */
const suites = (): typeof import("./suites.ts") => requireSuites("./suites.js");

export const describeAlarms: typeof AlarmsSuite = (...call) => suites().describeAlarms(...call);
export const describeBlobStore: typeof BlobStoreSuite = (...call) => suites().describeBlobStore(...call);
export const describeCredits: typeof CreditsSuite = (...call) => suites().describeCredits(...call);
export const describeJobQueue: typeof JobQueueSuite = (...call) => suites().describeJobQueue(...call);
export const describeLikeness: typeof LikenessSuite = (...call) => suites().describeLikeness(...call);
export const describeLedger: typeof LedgerSuite = (...call) => suites().describeLedger(...call);
export const describeNotifier: typeof NotifierSuite = (...call) => suites().describeNotifier(...call);
export const describePhotoInspector: typeof PhotoInspectorSuite = (...call) => suites().describePhotoInspector(...call);
export const describePictureInspector: typeof PictureInspectorSuite = (...call) =>
  suites().describePictureInspector(...call);
export const describeOperator: typeof OperatorSuite = (...call) => suites().describeOperator(...call);
export const describePurchases: typeof PurchasesSuite = (...call) => suites().describePurchases(...call);
export const describeStore: typeof StoreSuite = (...call) => suites().describeStore(...call);
export const describeProvider: typeof ProviderSuite = (...call) => suites().describeProvider(...call);
export const describeWebhookReceiver: typeof WebhookReceiverSuite = (...call) =>
  suites().describeWebhookReceiver(...call);
