export { avatarKinds, genders } from "./domain/avatar.ts";
export type { Avatar, AvatarKind, AvatarState, AvatarStatus, Gender } from "./domain/avatar.ts";
export { advanceAvatar, avatarLifecycle } from "./domain/avatar-lifecycle.ts";
export type { AvatarTransition } from "./domain/avatar-lifecycle.ts";
export { nameLimits, parseAvatarName } from "./domain/avatar-name.ts";
export type { InvalidName } from "./domain/avatar-name.ts";
export type { AvatarNotFound, IllegalTransition, PhotoNotFound, TrainingActive } from "./domain/errors.ts";
export { cleanText } from "./domain/clean-text.ts";
export { failureReasons } from "./domain/failure-reason.ts";
export type { FailureReason } from "./domain/failure-reason.ts";
export { inboxOutcomes } from "./domain/inbox-delivery.ts";
export type { InboxDelivery, InboxOutcome } from "./domain/inbox-delivery.ts";
export { jobKinds } from "./domain/job-kinds.ts";
export type { Json, JsonObject } from "./domain/json.ts";
export { copyOf } from "./domain/model.ts";
export type { Model, ModelCopy, ModelFile, WeightsFormat } from "./domain/model.ts";
export type {
  Notification,
  NotificationContent,
  NotificationState,
  NotificationTemplate,
} from "./domain/notification.ts";
export type { Photo, PhotoFacts, PhotoReference, PhotoState } from "./domain/photo.ts";
export type { PhotoRejected, PhotoRejection, PhotoRejectionCode } from "./domain/photo-rejection.ts";
export { defaultPolicy } from "./domain/policy.ts";
export type { Policy } from "./domain/policy.ts";
export { presets } from "./domain/profile.ts";
export type { PhotoLimits, Preset, PresetInput, Profile } from "./domain/profile.ts";
export { readiness } from "./domain/readiness.ts";
export type { Readiness } from "./domain/readiness.ts";
export { fromStorableText, toStorableText } from "./domain/storable-text.ts";
export { addSeconds, secondsBetween, timestamp } from "./domain/timestamp.ts";
export type { Timestamp } from "./domain/timestamp.ts";
export { modelIn, requestOf } from "./domain/training.ts";
export type {
  ManifestEntry,
  Progress,
  ProviderRequest,
  Training,
  TrainingSnapshot,
  TrainingState,
  TrainingStatus,
} from "./domain/training.ts";
export type { TrainingEvent, TrainingNews } from "./domain/training-event.ts";
export { activeStatuses, advanceTraining, isTerminal, trainingLifecycle } from "./domain/training-lifecycle.ts";
export type { TrainingTransition } from "./domain/training-lifecycle.ts";

export type { AvatarRepository } from "./ports/avatar-repository.ts";
export type { AnnounceBlob, BlobFacts, BlobFailure, BlobNotFound, BlobStore } from "./ports/blob-store.ts";
export { systemClock } from "./ports/clock.ts";
export type { Clock } from "./ports/clock.ts";
export { freeOfCharge } from "./ports/credits.ts";
export type { Credits, CreditsFailure, CreditsRefused } from "./ports/credits.ts";
export { uuidV7 } from "./ports/ids.ts";
export type { Ids } from "./ports/ids.ts";
export type { InboxRepository } from "./ports/inbox-repository.ts";
export type {
  ClaimedJob,
  Job,
  JobFailure,
  JobHandler,
  JobHandlers,
  JobOutcome,
  JobOutlet,
  JobQueue,
} from "./ports/job-queue.ts";
export { silentLog } from "./ports/log.ts";
export type { Log } from "./ports/log.ts";
export type { Notifier, NotifierFailure, NotifierOutcome } from "./ports/notifier.ts";
export type { OutboxRepository } from "./ports/outbox-repository.ts";
export type { InspectedPhoto, InspectorFailure, PhotoInspector } from "./ports/photo-inspector.ts";
export type { Random } from "./ports/random.ts";
export type { PhotoRepository } from "./ports/photo-repository.ts";
export type { PhotoSource, SourceRefused, SourceUnavailable } from "./ports/photo-source.ts";
export type { Ports, WebhookIntake } from "./ports/ports.ts";
export type { Session, SessionRepository } from "./ports/session-repository.ts";
export type { AlreadyExists, SaveError, StorageFailure, UniqueRule, VersionConflict } from "./ports/storage-errors.ts";
export type { Repositories, Store } from "./ports/store.ts";
export type {
  Archive,
  ArchiveEntry,
  ModelSource,
  ProviderError,
  ProviderRefused,
  ProviderUnavailable,
  FileTooLarge,
  RequestNotFound,
  Submission,
  SubmitDeferred,
  SubmitError,
  SubmitRefused,
  SubmitUnconfirmed,
  TrainingProvider,
  TrainingTrace,
} from "./ports/training-provider.ts";
export type { TrainingRepository } from "./ports/training-repository.ts";
export { sealDelivery } from "./ports/webhook-receiver.ts";
export type {
  Delivery,
  KeysUnavailable,
  VerifiedDelivery,
  WebhookMalformed,
  WebhookReceiver,
  WebhookRejected,
} from "./ports/webhook-receiver.ts";
export { webhookAddress, webhookPath } from "./webhooks/webhook-address.ts";
export type { WebhookAddress, WebhookAddressOptions } from "./webhooks/webhook-address.ts";
export { webhookParser } from "./webhooks/webhook-parser.ts";

export type {
  AvatarCommands,
  LikenessError,
  MessageCommands,
  OperatorCommands,
  PhotoCommands,
  TrainingCommands,
  WebhookCommands,
} from "./commands.ts";
export { createLikeness } from "./likeness.ts";
export type { Likeness, LikenessPorts } from "./likeness.ts";
export { orThrow } from "./or-throw.ts";
export type { AddPhoto, AddPhotoError } from "./use-cases/add-photo.ts";
export type { AdmitWebhook, WebhookAdmission, WebhookNotFound } from "./use-cases/admit-webhook.ts";
export type {
  AdoptLateResult,
  AdoptLateResultError,
  Adoption,
  NoLateResult,
  Superseded,
  TrainingNotFound,
} from "./use-cases/adopt-late-result.ts";
export type { ApplyOutcome, ApplyTrainingEventError } from "./use-cases/apply-training-event.ts";
export type { Cancellation, CancelTrainingError, NoTraining } from "./use-cases/cancel-training.ts";
export type { AnotherCopy, CopyModelAgain, CopyModelAgainError, NoModel } from "./use-cases/copy-model-again.ts";
export type { AvatarLimitReached, CreateAvatar, CreateAvatarError } from "./use-cases/create-avatar.ts";
export { deliveryJob } from "./use-cases/jobs.ts";
export type { EraseAvatarError } from "./use-cases/erase-avatar.ts";
export type { AvatarOverview } from "./use-cases/avatar-overview.ts";
export type { AvatarCommand } from "./use-cases/own-avatar.ts";
export type { ReceiveWebhook, ReceiveWebhookError, WebhookDeferred } from "./use-cases/receive-webhook.ts";
export type { ReconcileTrainingError } from "./use-cases/reconcile-training.ts";
export type { RemovePhoto, RemovePhotoError } from "./use-cases/remove-photo.ts";
export type { RenameAvatar, RenameAvatarError } from "./use-cases/rename-avatar.ts";
export type { SetMainAvatarError } from "./use-cases/set-main-avatar.ts";
export type { NotReady, StartTraining, StartTrainingError } from "./use-cases/start-training.ts";
export type { SubmitPhoto, SubmitPhotoError } from "./use-cases/submit-photo.ts";
export type { ViewAvatarError } from "./use-cases/view-avatar.ts";
