/** Every suite. A separate entry of the build, because importing it requires vitest. */
export { describeCredits } from "./contracts/credits/describe-credits.ts";
export { describeLedger } from "./contracts/credits/describe-ledger.ts";
export { describeAlarms } from "./contracts/describe-alarms.ts";
export { describeBlobStore } from "./contracts/describe-blob-store.ts";
export { describeNotifier } from "./contracts/describe-notifier.ts";
export { describePhotoInspector } from "./contracts/describe-photo-inspector.ts";
export { describePictureInspector } from "./contracts/describe-picture-inspector.ts";
export { describeJobQueue } from "./contracts/job-queue/describe-job-queue.ts";
export { describeOperator } from "./contracts/operator/describe-operator.ts";
export { describePurchases } from "./contracts/purchases/describe-purchases.ts";
export { describeStore } from "./contracts/store/describe-store.ts";
export { describeProvider } from "./contracts/provider/describe-provider.ts";
export { describeWebhookReceiver } from "./contracts/webhook-receiver/describe-webhook-receiver.ts";
export { describeLikeness } from "./scenarios/describe-likeness.ts";
