export { recordingEvents } from "./clock/recording-events.ts";
export type { RecordingEvents } from "./clock/recording-events.ts";
export { recordingLog } from "./clock/recording-log.ts";
export type { LogEntry, RecordingLog } from "./clock/recording-log.ts";
export { sequentialIds } from "./clock/sequential-ids.ts";
export { stoppableClock } from "./clock/stoppable-clock.ts";
export type { StoppableClock } from "./clock/stoppable-clock.ts";
export { testClock, testStart } from "./clock/test-clock.ts";
export type { TestClock } from "./clock/test-clock.ts";

export { anArchive, anArchiveEntry } from "./fixtures/archive.ts";
export { anAvatar } from "./fixtures/avatar.ts";
export { aConsent } from "./fixtures/consent.ts";
export { digestOf } from "./fixtures/fixture-ids.ts";
export { anImageOrder, anImageSnapshot, aPictureFile, aPicturePlan } from "./fixtures/image-order.ts";
export { anInboxDelivery } from "./fixtures/inbox-delivery.ts";
export { aJob } from "./fixtures/job.ts";
export { aLateTraining } from "./fixtures/late-training.ts";
export { aModel } from "./fixtures/model.ts";
export { configBytes, weightsBytes } from "./fixtures/model-bytes.ts";
export { aNotification } from "./fixtures/notification.ts";
export { operatedOrders } from "./fixtures/operated-orders.ts";
export { anOwner } from "./fixtures/owner.ts";
export { acceptedPhotos, anAcceptedPhoto, aPhoto, somePhotoFacts } from "./fixtures/photo.ts";
export { pictureBytes } from "./fixtures/picture-bytes.ts";
export type { PictureScript } from "./fixtures/picture-bytes.ts";
export { someRecipes } from "./fixtures/recipes.ts";
export { photoBytes } from "./fixtures/photo-bytes.ts";
export type { PhotoScript } from "./fixtures/photo-bytes.ts";
export { aPicture } from "./fixtures/picture.ts";
export { aProfile, someProfiles } from "./fixtures/profile.ts";
export { aProviderRequest } from "./fixtures/provider-request.ts";
export { aCharge, aPurchase } from "./fixtures/purchase.ts";
export { anErasedCount } from "./fixtures/erased-count.ts";
export { anErasure } from "./fixtures/erasure.ts";
export { aSession } from "./fixtures/session.ts";
export { storeWithAvatar } from "./fixtures/store-with-avatar.ts";
export { aManifest, aSnapshot, aTraining } from "./fixtures/training.ts";
export type { SnapshotOptions } from "./fixtures/training.ts";
export { storeStandingAlarm } from "./fixtures/standing-alarm.ts";
export { storeTroubles } from "./fixtures/troubles.ts";
export type { Troubles, TroublesOptions } from "./fixtures/troubles.ts";

export { fakeOutcomeSource } from "./fakes/fake-outcome-source.ts";
export type { FakeOutcomeSource } from "./fakes/fake-outcome-source.ts";
export { fakePictureInspector } from "./fakes/fake-picture-inspector.ts";
export type { FakePictureInspector } from "./fakes/fake-picture-inspector.ts";
export { fakePhotoInspector } from "./fakes/fake-photo-inspector.ts";
export type { FakePhotoInspector } from "./fakes/fake-photo-inspector.ts";
export { fakePhotoSource } from "./fakes/fake-photo-source.ts";
export type { FakePhotoSource } from "./fakes/fake-photo-source.ts";
export { fakeProvider } from "./fakes/fake-provider.ts";
export type { FakeProviderMethod, FakeProvider, SubmitAnswer, UploadedEntry } from "./fakes/fake-provider.ts";
export { fakeWebhookReceiver } from "./fakes/fake-webhook-receiver.ts";
export type { FakeWebhookReceiver } from "./fakes/fake-webhook-receiver.ts";
export { memoryPurchases } from "./fakes/memory-purchases.ts";
export type { MemoryPurchases, MemoryPurchasesOptions } from "./fakes/memory-purchases.ts";
export { memoryBlobStore } from "./fakes/memory-blob-store.ts";
export type { MemoryBlobStore } from "./fakes/memory-blob-store.ts";
export { memoryCredits } from "./fakes/memory-credits.ts";
export type { MemoryCreditsOptions } from "./fakes/memory-credits.ts";
export { recordingCredits } from "./fakes/recording-credits.ts";
export type { CreditsCall, RecordingCredits } from "./fakes/recording-credits.ts";
export { recordingNotifier } from "./fakes/recording-notifier.ts";
export type { RecordingNotifier } from "./fakes/recording-notifier.ts";
export type { ProviderReport } from "./fakes/running-request.ts";
export { signedDelivery } from "./fakes/signed-delivery.ts";
export type { SignedDeliveryOptions } from "./fakes/signed-delivery.ts";
export type { MemoryJobQueue } from "./fakes/storage/memory-job-queue.ts";
export { memoryStore } from "./fakes/storage/memory-store.ts";
export type { MemoryStore, MemoryStoreOptions } from "./fakes/storage/memory-store.ts";
export type { StoredJob } from "./fakes/storage/tables.ts";
export { testPorts } from "./fakes/test-ports.ts";
export type { PortOverrides, TestPorts } from "./fakes/test-ports.ts";

export type {
  CreateCredits,
  CreateLedger,
  CreditsAbility,
  CreditsSubject,
  LedgerSubject,
} from "./contracts/credits/subject.ts";
export type { NotifierSubject, ScriptedReception } from "./contracts/describe-notifier.ts";
export type {
  InspectorRejectionCode,
  PhotoInspectorSubject,
  PhotoSamples,
} from "./contracts/describe-photo-inspector.ts";
export type { CreateJobQueue, JobQueueOptions, JobQueueSubject, RunningCase } from "./contracts/job-queue/subject.ts";
export type { CreatePurchases, PurchasesSubject } from "./contracts/purchases/describe-purchases.ts";
export type { CreateStore } from "./contracts/store/stored.ts";
export type {
  CreateProvider,
  PictureSubject,
  ProviderControl,
  ProviderKind,
  ProviderSubject,
  ProviderTraits,
  ScriptedSubmit,
} from "./contracts/provider/subject.ts";
export type {
  CreateWebhookReceiver,
  ScriptedDelivery,
  WebhookReceiverSubject,
  WebhookTraits,
} from "./contracts/webhook-receiver/subject.ts";

export type { AlarmsOptions, AlarmsSubject, ScriptedAlarmReception } from "./contracts/describe-alarms.ts";
export { anAlarm } from "./fixtures/alarm.ts";

export type { LikenessOptions, LikenessPart } from "./scenarios/describe-likeness.ts";
export type { CreateOperatorLedger } from "./contracts/operator/describe-operator-ledger.ts";
export type { OperatorOptions } from "./contracts/operator/describe-operator.ts";
export type { CreateStorage } from "./scenarios/stage.ts";

export { valueOf } from "./results/value-of.ts";
export { brokenStream, bytesOf, streamOf } from "./streams/streams.ts";

export {
  describeAlarms,
  describeBlobStore,
  describeCredits,
  describeJobQueue,
  describeLedger,
  describeLikeness,
  describeNotifier,
  describePhotoInspector,
  describePictureInspector,
  describeOperator,
  describePurchases,
  describeStore,
  describeProvider,
  describeWebhookReceiver,
} from "./suites-on-call.ts";
