export type { Alarm, AlarmCause, AlarmFacts, AlarmOf, AlarmRow, AlarmState, OverdueRow, Told } from "./alarms/alarm.ts";
export { alarmCauses } from "./alarms/alarm-rules.ts";
export { logAlarms } from "./alarms/log-alarms.ts";
export { webhookAlarms } from "./alarms/webhook-alarms.ts";
export type { WebhookAlarmsOptions } from "./alarms/webhook-alarms.ts";
export type { AlarmRepository, Sighting } from "./ports/alarm-repository.ts";
export type { AlarmRefused, Alarms, AlarmsUnavailable } from "./ports/alarms.ts";
export { avatarKinds, genders } from "./avatars/avatar.ts";
export type { Avatar, AvatarKind, AvatarState, AvatarStatus, Gender } from "./avatars/avatar.ts";
export { advanceAvatar, avatarLifecycle } from "./avatars/avatar-lifecycle.ts";
export type { AvatarTransition } from "./avatars/avatar-lifecycle.ts";
export { nameLimits, parseAvatarName } from "./avatars/avatar-name.ts";
export type { InvalidName } from "./avatars/avatar-name.ts";
export type { AvatarNotFound, IllegalTransition, OrderNotFound, PhotoNotFound, TrainingActive } from "./errors.ts";
export { isImageOrder, resemblances } from "./images/image-order.ts";
export type { ImageOrder, ImageSnapshot, PictureOutcome, PicturePlan, Resemblance } from "./images/image-order.ts";
export { imageKind, upscaleKind } from "./images/image-kind.ts";
export type { ImagePorts, PromptContext, PromptHookFailure, PromptRefused } from "./images/image-ports.ts";
export { iptcMarker } from "./images/mark/iptc-marker.ts";
export { isDone, shownIn } from "./images/picture-set.ts";
export type { PictureSet, PictureStatus, PlaceInSet } from "./images/picture-set.ts";
export { bookCharge } from "./purchases/book-charge.ts";
export { paymentJobs, refundPaymentJob, tellPaymentJob } from "./purchases/payment-jobs.ts";
export { paymentReference } from "./purchases/payment-reference.ts";
export { paymentStates } from "./purchases/payment.ts";
export type { Charge, Payment, PaymentState } from "./purchases/payment.ts";
export type { Purchase } from "./purchases/purchase.ts";
export type { Picture, PictureFilter, PicturePosition } from "./images/picture.ts";
export { enlarged } from "./images/picture-price.ts";
export { ratios, sizes } from "./images/ratios.ts";
export type { Ratio } from "./images/ratios.ts";
export type { Recipe, Recipes } from "./images/recipe.ts";
export { checkPacks } from "./images/check-packs.ts";
export { checkScenes } from "./images/check-scenes.ts";
export type { Pack } from "./images/pack.ts";
export { nameOf, noteOf } from "./images/scene.ts";
export type { Scene } from "./images/scene.ts";
export type { Translations } from "./values/translations.ts";
export { defaultPacks, defaultScenes } from "./images/scenes.ts";
export { cleanWords, wordsLimit } from "./images/words.ts";
export type { InvalidWords } from "./images/words.ts";
export { cleanText } from "./values/clean-text.ts";
export { failureReasons } from "./orders/failure-reason.ts";
export type { FailureReason, ProviderReason } from "./orders/failure-reason.ts";
export { inboxOutcomes } from "./webhooks/inbox-delivery.ts";
export type { InboxDelivery, InboxOutcome } from "./webhooks/inbox-delivery.ts";
export { jobKinds } from "./jobs/job-kinds.ts";
export { describeCause } from "./jobs/describe-cause.ts";
export { outcomeOfRun } from "./jobs/outcome-of-run.ts";
export type { DueRun, RunDue } from "./jobs/run-due.ts";
export type { Json, JsonObject } from "./values/json.ts";
export { copyOf } from "./trainings/model.ts";
export type { Model, ModelCopy, WeightsFormat } from "./trainings/model.ts";
export { isGivenUp, isStored, outcomeBlobKeys } from "./orders/outcome.ts";
export type { Blocked, Outcome, OutcomeFile } from "./orders/outcome.ts";
export type {
  EndedSet,
  Notification,
  NotificationContent,
  NotificationState,
  NotificationTemplate,
} from "./messages/notification.ts";
export type { Photo, PhotoFacts, PhotoReference, PhotoState } from "./photos/photo.ts";
export type { PhotoRejected, PhotoRejection, PhotoRejectionCode } from "./photos/photo-rejection.ts";
export { defaultPolicy } from "./policy.ts";
export type { Policy } from "./policy.ts";
export { defaultPreset, offeredKinds, photoLimits, presets } from "./trainings/profile.ts";
export type { KindUnavailable, PhotoLimits, Preset, PresetInput, Profile, Profiles } from "./trainings/profile.ts";
export { readiness } from "./photos/readiness.ts";
export type { Readiness } from "./photos/readiness.ts";
export { fromStorableText, toStorableText } from "./values/storable-text.ts";
export { addSeconds, secondsBetween, timestamp } from "./values/timestamp.ts";
export type { Timestamp } from "./values/timestamp.ts";
export { distinctInput, outcomeIn, requestOf } from "./orders/order.ts";
export { isTraining, modelIn } from "./trainings/training.ts";
export type { Training, TrainingSnapshot, TrainingState } from "./trainings/training.ts";
export { contentCheck, jsonCheck } from "./orders/file-check.ts";
export type { WrongContent } from "./orders/checked-file.ts";
export type { FileCheck } from "./orders/file-check.ts";
export type { CancelOrderError, CancelPorts } from "./orders/cancel-order.ts";
export type {
  NewOrder,
  PlacedTogether,
  PlaceOrder,
  PlaceOrderError,
  PlaceOrders,
  PlanOfSeveral,
  PlacePorts,
  Plan,
  PlanOrder,
} from "./orders/place-order.ts";
export type {
  CopySeconds,
  Deadlines,
  EndedOrder,
  EndPorts,
  Judge,
  Judged,
  KindPorts,
  OrderKind,
  OrderKinds,
  Settlement,
} from "./orders/order-kind.ts";
export { trainingKind } from "./trainings/training-kind.ts";
export type {
  ManifestEntry,
  Progress,
  ProviderRequest,
  Order,
  OrderSnapshot,
  OrderState,
  OrderStatus,
  Prepared,
} from "./orders/order.ts";
export type { OrderEvent } from "./orders/order-event.ts";
export type { ErasureReach, FormerProvider, OrderProviders, OutcomeSources } from "./orders/order-providers.ts";
export { activeStatuses, advanceOrder, isTerminal, orderLifecycle } from "./orders/order-lifecycle.ts";
export type { OrderTransition } from "./orders/order-lifecycle.ts";

export { progressChoices } from "./owners/owner.ts";
export type { Owner, OwnerSettings, ProgressChoice } from "./owners/owner.ts";
export type { Consent, ConsentMissing } from "./owners/consent.ts";
export { checkConsent } from "./owners/consent-policy.ts";
export type { ConsentAsk, ConsentPolicy, ConsentStatement, ConsentWording } from "./owners/consent-policy.ts";
export { defaultConsent } from "./owners/default-consent.ts";
export type {
  AccountToRename,
  ErasedCounts,
  Erasure,
  ErasureState,
  ErasureWork,
  LeftBehind,
  OrderToErase,
} from "./owners/erasure/erasure.ts";
export type { EraseOwner } from "./owners/erasure/erase-owner.ts";
export type {
  ExportDocument,
  ExportedAvatar,
  ExportedConsent,
  ExportedFile,
  ExportedModelFile,
  ExportedPhoto,
  ExportedPicture,
  ExportedTraining,
} from "./owners/export/export-document.ts";
export type { ExportFailed, MayExport, TooManyExports } from "./owners/export/limit-exports.ts";
export type { ExportOwner, ExportOwnerError, ExportPart } from "./owners/export/export-owner.ts";
export type { ErasureReceipt, ReceiptNotFound } from "./owners/erasure/erasure-receipt.ts";

export type { AvatarRepository } from "./ports/avatar-repository.ts";
export type { AnnounceBlob, BlobFacts, BlobFailure, BlobNotFound, BlobStore } from "./ports/blob-store.ts";
export { atMost, systemClock } from "./ports/clock.ts";
export type { Clock } from "./ports/clock.ts";
export { freeOfCharge } from "./ports/credits.ts";
export type { CreditBalance, Credits, CreditsFailure, CreditsRefused, Quote, Wanted } from "./ports/credits.ts";
export { uuidV7 } from "./ports/ids.ts";
export type { Ids } from "./ports/ids.ts";
export type { ConsentRepository } from "./ports/consent-repository.ts";
export type { OwnerRepository } from "./ports/owner-repository.ts";
export type { ErasedOrder, ErasureRepository } from "./ports/erasure-repository.ts";
export type { InboxRepository } from "./ports/inbox-repository.ts";
export type {
  ClaimedJob,
  Job,
  JobEnd,
  JobFailure,
  JobHandler,
  JobHandlers,
  JobOutcome,
  JobOutlet,
  JobQueue,
  RunningJob,
} from "./ports/job-queue.ts";
export type { ImageMarker, MadePicture } from "./ports/image-marker.ts";
export { adjustReasons, entryKinds } from "./ports/ledger.ts";
export type {
  Adjustment,
  AdjustReason,
  Booked,
  Booking,
  CreditsShort,
  EntryKind,
  HistoryPage,
  InvalidBooking,
  Ledger,
  LedgerCredits,
  LedgerEntry,
  LedgerHold,
  LedgerStatement,
} from "./ports/ledger.ts";
export { listen } from "./events/listen.ts";
export type { EventListener, EventListeners } from "./events/listen.ts";
export { logEvents } from "./events/log-events.ts";
export type {
  DeliveryHandled,
  JobRun,
  LikenessEvents,
  MessageAttempt,
  OrderChanged,
  OrderIds,
  ProviderCall,
} from "./events/events.ts";
export { silentLog } from "./ports/log.ts";
export type { Log } from "./ports/log.ts";
export type { ChannelPorts, NotifierWith } from "./ports/channel-ports.ts";
export type { Notifier, NotifierFailure, NotifierOutcome } from "./ports/notifier.ts";
export type { OutboxRepository } from "./ports/outbox-repository.ts";
export type { InspectedPhoto, InspectorFailure, PhotoInspector } from "./ports/photo-inspector.ts";
export type { PicturePage, PictureRepository } from "./ports/picture-repository.ts";
export type {
  NewPurchase,
  OpenedPurchase,
  PaymentFilter,
  PaymentNotFound,
  PurchaseStatement,
  Purchases,
  StoredPayment,
} from "./ports/purchases.ts";
export type { PhotoRepository } from "./ports/photo-repository.ts";
export type { PhotoSource, SourceRefused, SourceUnavailable } from "./ports/photo-source.ts";
export { pictureLimits } from "./ports/picture-inspector.ts";
export type { NotAPicture, PictureFacts, PictureInspector, PictureType } from "./ports/picture-inspector.ts";
export type { OutsidePorts, Random, WebhookIntake } from "./ports/outside-ports.ts";
export type { BoundPorts, Ports } from "./ports/ports.ts";
export type { Session, SessionRepository } from "./ports/session-repository.ts";
export type { AlreadyExists, SaveError, StorageFailure, UniqueRule, VersionConflict } from "./ports/storage-errors.ts";
export type { Repositories, Store } from "./ports/store.ts";
export type {
  Archive,
  ArchiveEntry,
  OutcomeSource,
  CancelAnswer,
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
  Provider,
  OrderTrace,
  ProviderUses,
} from "./ports/provider.ts";
export type { ErasedCount, GuardRepository, PaidWorkSwitch, Spending } from "./ports/guard-repository.ts";
export type { OrderRepository, PlacedCount } from "./ports/order-repository.ts";
export { found } from "./ports/check.ts";
export type { Check, Found, Verdict } from "./ports/check.ts";
export type { Network } from "./ports/network.ts";
export { sealDelivery } from "./ports/webhook-receiver.ts";
export type {
  Delivery,
  KeysUnavailable,
  VerifiedDelivery,
  WebhookMalformed,
  WebhookReceiver,
  WebhookEvent,
  WebhookRejected,
} from "./ports/webhook-receiver.ts";
export { answerWebhook, webhookStatus } from "./webhooks/answer-webhook.ts";
export type { AnswerPorts, WebhookAnswer, WebhookRefusal, WebhookRequest } from "./webhooks/answer-webhook.ts";
export { readRequestBody } from "./webhooks/read-body.ts";
export type { BodyRefused } from "./webhooks/read-body.ts";
export { drainBody } from "./webhooks/drain-body.ts";
export { toNodeListener } from "./webhooks/to-node-listener.ts";
export type { NodeRequest, NodeResponse } from "./webhooks/to-node-listener.ts";
export { webhookAddress, webhookPath } from "./webhooks/webhook-address.ts";
export type { EchoSeals } from "./webhooks/echo-seals.ts";
export type { AdmitEcho, EchoAdmission } from "./webhooks/echo.ts";
export { isPrivateAddress } from "./webhooks/private-address.ts";
export type { ProviderAccount } from "./webhooks/provider-account.ts";
export type { WebhookAddress, WebhookAddressOptions } from "./webhooks/webhook-address.ts";
export { webhookParser } from "./webhooks/webhook-parser.ts";

export type {
  AvatarCommands,
  CreditCommands,
  GuardCommands,
  ImageCommands,
  LikenessError,
  MessageCommands,
  OwnerCommands,
  PhotoCommands,
  TrainingCommands,
  WebhookCommands,
} from "./commands.ts";
export type { AuditEntry, AuditFilter, AuditSubject, OperatorAction } from "./operator/audit-entry.ts";
export { operatorActions } from "./operator/audit-entry.ts";
export type { AuditedAct, AuditPorts, ByOperator } from "./operator/audited.ts";
export { checksOf } from "./operator/checks/checks-of.ts";
export type { CheckedParts } from "./operator/checks/checks-of.ts";
export { clockCheck } from "./operator/checks/clock-check.ts";
export type { ClockCheckOptions } from "./operator/checks/clock-check.ts";
export { runChecks } from "./operator/checks/run-checks.ts";
export type { CheckUp, Finding } from "./operator/checks/run-checks.ts";
export type { CancelAnyOrderError, OrderCancellation } from "./operator/cancel-any-order.ts";
export type { OperatorPage, PageCommand } from "./operator/cursor.ts";
export type { Dismissable, DismissError } from "./operator/dismiss-need.ts";
export type { Inspect, InspectError, Inspection } from "./operator/inspect.ts";
export type { ListActions, ListActionsError } from "./operator/list-actions.ts";
export type { LookedNow, LookNowError } from "./operator/look-now.ts";
export { needNames } from "./operator/needs.ts";
export type { ListNeed, ListNeedError, Need, Needs } from "./operator/needs.ts";
export type { OpenedFile, OpenPhotoError, OperatorOpensPictureError } from "./operator/open-file.ts";
export type {
  CheckAround,
  EraseAnyOwner,
  EraseAnyOwnerError,
  OperatorCommands,
  OperatorPorts,
  SwitchPaidWork,
  TrustAccountError,
} from "./operator/operator-commands.ts";
export type {
  AccountNotLearned,
  InvalidAccount,
  InvalidReceiptId,
  InvalidCursor,
  InvalidPeriod,
  JobNotFound,
  MessageNotFound,
  MessageOvertaken,
  NothingSold,
  NothingToDismiss,
  OperatorUnavailable,
  OrderErased,
} from "./operator/operator-errors.ts";
export { orderActs } from "./operator/order-acts.ts";
export type { OrderAct } from "./operator/order-acts.ts";
export type { OrderStory, StoryEvent, TellOrderError } from "./operator/order-story.ts";
export type { RefundOrdered, RefundPaymentError } from "./operator/refund-payment.ts";
export type { RevivedJob, ReviveJobError } from "./operator/revive-job.ts";
export type { TrustAccount, TrustedAccount } from "./operator/trust-account.ts";
export type { AnotherSending, SendAgainError } from "./operator/send-again.ts";
export type {
  DurationFigures,
  KindFigures,
  ShowStatistics,
  ShowStatisticsError,
  Statistics,
} from "./operator/statistics.ts";
export type { DeliveryView, HoldView, MessageView, OrderView, PaymentView } from "./operator/views.ts";
export type { JobRecord, JobRecords } from "./ports/job-records.ts";
export type {
  AboutOrder,
  AgeLimits,
  Ages,
  AuditRepository,
  EndedCount,
  Figures,
  MoneyRow,
  OperatorRepository,
  OrderNeed,
  OrderTimes,
  Period,
  Rejections,
  RowCount,
  RowPage,
  RowPlace,
  WatchedRows,
} from "./ports/operator-repository.ts";
export { coreKinds, createLikeness } from "./likeness.ts";
export type { ImageOptions, Likeness, LikenessPorts } from "./likeness.ts";
export { orThrow } from "./or-throw.ts";
export type { ConsentState, ViewConsent } from "./owners/view-consent.ts";
export type { ConsentOutdated, GiveConsent, GiveConsentError } from "./owners/give-consent.ts";
export type { ChangeSettings, ChangeSettingsError, InvalidSetting } from "./owners/settings.ts";
export type { OwnerCommand } from "./owners/sign-of-life.ts";
export type { Withdrawal } from "./owners/withdraw-consent.ts";
export type { CancelSetError } from "./images/cancel-set.ts";
export type { FromPicture, FromPictureError, PictureTooLarge, UpscaleError } from "./images/from-picture.ts";
export type {
  ChangePictureError,
  FavourPicture,
  ListPictures,
  NoteChannelFile,
  OpenedPicture,
  OpenPictureError,
  PictureChoice,
  PictureView,
  SetCommand,
  SetNotFound,
  ViewPicture,
} from "./images/gallery.ts";
export type { GenerateImages, GenerateImagesError, InvalidRequest, UnknownScene } from "./images/generate-images.ts";
export type { OrderSetError } from "./images/order-set.ts";
export type { GuardError, NotAllowed, PaidWorkOff, SpendCapReached, TooManyOrders } from "./guards/guard-errors.ts";
export type { Guards } from "./guards/guards.ts";
export type { PaidWork, TurnPaidWork } from "./guards/paid-work.ts";
export type { PictureCommand, PictureNotFound } from "./images/own-picture.ts";
export type { Offer } from "./credits/offer.ts";
export type { ImageQuote, QuoteImages } from "./images/quote-images.ts";
export type { RemovePictureError } from "./images/remove-picture.ts";
export type { ModelElsewhere } from "./images/recipe-for.ts";
export type { NoModel } from "./images/serving-model.ts";
export type { AddPhoto, AddPhotoError } from "./photos/add-photo.ts";
export type {
  AdoptLateResult,
  AdoptLateResultError,
  Adoption,
  TrainingNotFound,
} from "./trainings/adopt-late-result.ts";
export type { NoLateResult, Superseded } from "./trainings/late-result.ts";
export type { ApplyOutcome, ApplyOrderEventError } from "./orders/apply-order-event.ts";
export type { Cancellation, CancelTrainingError, NoTraining } from "./trainings/cancel-training.ts";
export type { AnotherCopy, CopyAgain, CopyAgainError, NoOutcome } from "./orders/copy-again.ts";
export type { AvatarLimitReached, CreateAvatar, CreateAvatarError } from "./avatars/create-avatar.ts";
export { deliveryJob } from "./jobs/jobs.ts";
export { enqueueMany } from "./jobs/enqueue-many.ts";
export { keepDelivery } from "./webhooks/keep-delivery.ts";
export type { KeptDelivery } from "./webhooks/keep-delivery.ts";
export type { EraseAvatarError } from "./avatars/erase-avatar.ts";
export type { AvatarOverview } from "./avatars/view-avatars.ts";
export type { AvatarCommand } from "./avatars/own-avatar.ts";
export type {
  AdmitWebhook,
  ReceiveWebhook,
  ReceiveWebhookError,
  WebhookAdmission,
  WebhookDeferred,
  WebhookNotFound,
} from "./webhooks/receive-webhook.ts";
export type { PollOrderError } from "./orders/poll-order.ts";
export type { RemovePhoto, RemovePhotoError } from "./photos/remove-photo.ts";
export type { RenameAvatar, RenameAvatarError } from "./avatars/rename-avatar.ts";
export type { SetMainAvatarError } from "./avatars/set-main-avatar.ts";
export type { NotReady, StartTraining, StartTrainingError } from "./trainings/start-training.ts";
export type { SubmitPhoto, SubmitPhotoError } from "./photos/submit-photo.ts";
export type { ViewAvatarError } from "./avatars/view-avatars.ts";
