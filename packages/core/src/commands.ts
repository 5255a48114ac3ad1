import type { ResultAsync } from "neverthrow";
import type { Avatar } from "./avatars/avatar.ts";
import type { CreateAvatar, CreateAvatarError } from "./avatars/create-avatar.ts";
import type { EraseAvatarError } from "./avatars/erase-avatar.ts";
import type { AvatarCommand } from "./avatars/own-avatar.ts";
import type { RenameAvatar, RenameAvatarError } from "./avatars/rename-avatar.ts";
import type { SetMainAvatarError } from "./avatars/set-main-avatar.ts";
import type { AvatarOverview, ViewAvatarError } from "./avatars/view-avatars.ts";
import type { Offer } from "./credits/offer.ts";
import type { CancelSetError } from "./images/cancel-set.ts";
import type { FromPicture, FromPictureError, UpscaleError } from "./images/from-picture.ts";
import type {
  ChangePictureError,
  FavourPicture,
  ListPictures,
  NoteChannelFile,
  OpenedPicture,
  OpenPictureError,
  PictureView,
  SetCommand,
  SetNotFound,
  ViewPicture,
} from "./images/gallery.ts";
import type { NotAllowed, PaidWorkOff } from "./guards/guard-errors.ts";
import type { GenerateImages, GenerateImagesError } from "./images/generate-images.ts";
import type { Pack } from "./images/pack.ts";
import type { PictureCommand, PictureNotFound } from "./images/own-picture.ts";
import type { PictureSet } from "./images/picture-set.ts";
import type { Picture } from "./images/picture.ts";
import type { ImageQuote, QuoteImages } from "./images/quote-images.ts";
import type { RemovePictureError } from "./images/remove-picture.ts";
import type { Scene } from "./images/scene.ts";
import type { CancelAnyOrderError } from "./operator/cancel-any-order.ts";
import type { DismissError } from "./operator/dismiss-need.ts";
import type { ListActionsError } from "./operator/list-actions.ts";
import type { ListNeedError } from "./operator/needs.ts";
import type { OpenPhotoError, OperatorOpensPictureError } from "./operator/open-file.ts";
import type { LookNowError } from "./operator/look-now.ts";
import type { TellOrderError } from "./operator/order-story.ts";
import type { RefundPaymentError } from "./operator/refund-payment.ts";
import type { ReviveJobError } from "./operator/revive-job.ts";
import type { SendAgainError } from "./operator/send-again.ts";
import type { ShowStatisticsError } from "./operator/statistics.ts";
import type { EraseAnyOwnerError, TrustAccountError } from "./operator/operator-commands.ts";
import type { CopyAgainError } from "./orders/copy-again.ts";
import type { ExportOwner, ExportOwnerError, ExportPart } from "./owners/export/export-owner.ts";
import type { ExportFailed, MayExport, TooManyExports } from "./owners/export/limit-exports.ts";
import type { ErasureReach } from "./orders/order-providers.ts";
import type { EraseOwner } from "./owners/erasure/erase-owner.ts";
import type { ErasureReceipt, ReceiptNotFound } from "./owners/erasure/erasure-receipt.ts";
import type { AddPhoto, AddPhotoError } from "./photos/add-photo.ts";
import type { Photo } from "./photos/photo.ts";
import type { RemovePhoto, RemovePhotoError } from "./photos/remove-photo.ts";
import type { SubmitPhoto, SubmitPhotoError } from "./photos/submit-photo.ts";
import type { ConsentState, ViewConsent } from "./owners/view-consent.ts";
import type { Consent } from "./owners/consent.ts";
import type { GiveConsent, GiveConsentError } from "./owners/give-consent.ts";
import type { OwnerSettings } from "./owners/owner.ts";
import type { ChangeSettings, ChangeSettingsError } from "./owners/settings.ts";
import type { Withdrawal } from "./owners/withdraw-consent.ts";
import type { CreditBalance, CreditsFailure, Wanted } from "./ports/credits.ts";
import type { StorageFailure } from "./ports/storage-errors.ts";
import type { AdoptLateResultError } from "./trainings/adopt-late-result.ts";
import type { Cancellation, CancelTrainingError } from "./trainings/cancel-training.ts";
import type { StartTraining, StartTrainingError } from "./trainings/start-training.ts";
import type { Training } from "./trainings/training.ts";
import type {
  AdmitWebhook,
  WebhookAdmission,
  WebhookNotFound,
  ReceiveWebhook,
  ReceiveWebhookError,
} from "./webhooks/receive-webhook.ts";
import type { AdmitEcho, EchoAdmission } from "./webhooks/echo.ts";

/**
 * Commands about avatars. `actor` is the owner, e.g. `telegram:42`; other owners' avatars are answered like missing
 * ones.
 */
export interface AvatarCommands {
  /**
   * Creates an avatar: a draft without photos. If the caller passes an `id`, a UUIDv7, the same command twice makes
   * one.
   *
   * Errors: `invalid-name` · `not-allowed` · `kind-unavailable` · `avatar-limit-reached` · `avatar-not-found` (another
   * owner's avatar has the id) · `storage-failure`.
   *
   * @example
   * const created = await likeness.avatars.create({ actor: "telegram:42", kind: "portrait", gender: "female", name: "Ada" });
   * const said = created.match(
   *   (avatar) => `${avatar.name} is avatar ${avatar.id}`,
   *   (error) => (error.type === "invalid-name" ? "That name cannot be used." : "Please try again later."),
   * );
   */
  create(command: CreateAvatar): ResultAsync<Avatar, CreateAvatarError>;
  /**
   * Renames an avatar, in any status.
   *
   * Errors: `invalid-name` · `avatar-not-found` · `storage-failure`.
   *
   * @example
   * const avatar = orThrow(await likeness.avatars.rename({ actor: "telegram:42", avatarId, name: "Grace" }));
   */
  rename(command: RenameAvatar): ResultAsync<Avatar, RenameAvatarError>;
  /**
   * Makes an avatar the owner's main one instead of the previous one.
   *
   * Errors: `avatar-not-found` · `storage-failure`.
   *
   * @example
   * const main = orThrow(await likeness.avatars.setMain({ actor: "telegram:42", avatarId }));
   */
  setMain(command: AvatarCommand): ResultAsync<Avatar, SetMainAvatarError>;
  /**
   * Lists the owner's avatars, oldest first, each with its photos, its trainings, and how many photos it still needs.
   *
   * Errors: `storage-failure`.
   *
   * @example
   * const overviews = orThrow(await likeness.avatars.list({ actor: "telegram:42" }));
   * const lines = overviews.map(({ avatar, photos }) => `${avatar.name}: ${avatar.state.status}, ${photos.length} photos`);
   */
  list(command: { readonly actor: string }): ResultAsync<AvatarOverview[], StorageFailure>;
  /**
   * Reads one avatar, in the form in which `list` shows it.
   *
   * Errors: `avatar-not-found` · `storage-failure`.
   *
   * @example
   * const { readiness } = orThrow(await likeness.avatars.view({ actor: "telegram:42", avatarId }));
   * const said = readiness.missing > 0 ? `${readiness.missing} more photos, please` : "ready to train";
   */
  view(command: AvatarCommand): ResultAsync<AvatarOverview, ViewAvatarError>;
  /**
   * Erases an avatar with its photos, trainings, models and deliveries, both rows and bytes. A training under way is
   * cancelled if possible, and the provider is asked to erase its data.
   *
   * Errors: `avatar-not-found` · `storage-failure`.
   *
   * @example
   * const erased = await likeness.avatars.erase({ actor: "telegram:42", avatarId });
   * const said = erased.match(() => "It is gone.", (error) => `It is still there: ${error.type}`);
   */
  erase(command: AvatarCommand): ResultAsync<void, EraseAvatarError>;
}

/** Commands about the photos of an avatar. */
export interface PhotoCommands {
  /**
   * Inspects a photo whose bytes the caller has and adds it to an avatar. Nothing of a rejected photo is stored.
   *
   * Errors: `not-allowed` · `avatar-not-found` · `photo-rejected` with a code and numbers · `inspector-failure` ·
   * `blob-failure` · `storage-failure`.
   *
   * @example
   * const added = await likeness.photos.add({ actor: "telegram:42", avatarId, bytes });
   * if (added.isErr() && added.error.type === "photo-rejected") throw new Error(`not good enough: ${added.error.rejection.code}`);
   */
  add(command: AddPhoto): ResultAsync<Photo, AddPhotoError>;
  /**
   * Stores the reference of a photo that a `PhotoSource` can fetch; a job fetches and inspects the photo. The same
   * reference twice is the same photo.
   *
   * Errors: `not-allowed` · `avatar-not-found` · `photo-rejected` (there is no room for more) · `storage-failure`.
   *
   * @example
   * const reference = { key: "message-1042", locator: "AgACAgIAAx" };
   * const photo = orThrow(await likeness.photos.submit({ actor: "telegram:42", avatarId, reference }));
   */
  submit(command: SubmitPhoto): ResultAsync<Photo, SubmitPhotoError>;
  /**
   * Removes a photo with its bytes.
   *
   * Errors: `photo-not-found` · `training-active` (a training under way may still need it) · `storage-failure`.
   *
   * @example
   * const removed = await likeness.photos.remove({ actor: "telegram:42", photoId: photo.id });
   * const said = removed.isOk() ? "Removed." : `Not removed: ${removed.error.type}`;
   */
  remove(command: RemovePhoto): ResultAsync<void, RemovePhotoError>;
}

/** Commands about trainings. */
export interface TrainingCommands {
  /**
   * Orders a paid training of an avatar: stores it, with a job that submits it. Nothing is paid before that job runs.
   * The same `idempotencyKey` is the same training, and two starts at once make one.
   *
   * Errors: `avatar-not-found` · `training-active` · `kind-unavailable` · `not-ready` · `not-allowed` · `paid-work-off`
   * · `too-many-orders` (a set of pictures counts as one, and so does a training) · `spend-cap-reached` ·
   * `credits-refused` · `credits-failure` · `storage-failure`.
   *
   * @example
   * const started = await likeness.trainings.start({
   *   actor: "telegram:42",
   *   avatarId,
   *   preset: "balanced",
   *   idempotencyKey: "message-1042",
   * });
   * const said = started.match(
   *   (training) => `It begins: ${training.id}`,
   *   (error) => (error.type === "not-ready" ? `${error.readiness.missing} more photos, please` : "Please try again later."),
   * );
   */
  start(command: StartTraining): ResultAsync<Training, StartTrainingError>;
  /**
   * Cancels the training under way, at the provider first. If a result arrives anyway, it is stored as a late result.
   * `too-late`: the provider has finished, and the outcome is applied as usual.
   *
   * Errors: `avatar-not-found` · `no-training` · `illegal-transition` (it is not known yet whether the provider has it)
   * · `provider-unavailable` · `provider-refused` · `storage-failure`.
   *
   * @example
   * const cancelled = await likeness.trainings.cancel({ actor: "telegram:42", avatarId });
   * const said = cancelled.match(({ type }) => type, (error) => `not cancelled: ${error.type}`);
   */
  cancel(command: AvatarCommand): ResultAsync<Cancellation, CancelTrainingError>;
}

/**
 * Commands about the pictures of avatars. Pictures that are ordered together are a set, which is told as a whole. Each
 * throws in a deployment that was given no `images`.
 */
export interface ImageCommands {
  /** Whether this deployment makes pictures, so that a host offers them only where they can be ordered. */
  readonly available: boolean;
  /** How many pictures come with each new model, at no cost for its owner; 0: no first look. */
  readonly firstLook: number;
  /**
   * Orders 1 to 10 pictures of an avatar, of its owner's main one if none is named, from a scene or from the person's own
   * words: one paid order per picture, all of them or none. The same `idempotencyKey` is the same set.
   *
   * Errors: `invalid-request` (a field has a value that it cannot have) · `invalid-words` (empty, too long, no letters) ·
   * `unknown-scene` · `prompt-refused` · `prompt-hook-failure` · `avatar-not-found` · `no-model` ·
   * `model-elsewhere` (of a former provider without recipes) · the refusals of the guards · `credits-refused` ·
   * `credits-failure` · `storage-failure`.
   *
   * @example
   * const ordered = await likeness.images.generate({ actor: "telegram:42", avatarId, scene: "cafe", count: 4 });
   * const said = ordered.match(
   *   ({ places }) => `${places.length} pictures are drawn`,
   *   (error) => (error.type === "no-model" ? "The avatar is not ready." : `not drawn: ${error.type}`),
   * );
   */
  generate(command: GenerateImages): ResultAsync<PictureSet, GenerateImagesError>;
  /**
   * Orders a picture from the same input as another one, with another seed.
   *
   * Errors: `picture-not-found` · `avatar-not-found` · `no-model` · `model-elsewhere` · `not-allowed` · `paid-work-off`
   * · `too-many-orders` · `spend-cap-reached` · `credits-refused` · `credits-failure` · `storage-failure`.
   *
   * @example
   * const another = await likeness.images.again({ actor: "telegram:42", pictureId, idempotencyKey: "update-7" });
   */
  again(command: FromPicture): ResultAsync<PictureSet, FromPictureError>;
  /**
   * Orders a picture like another one: that one is its starting point.
   *
   * Errors: as of `again`.
   *
   * @example
   * const similar = await likeness.images.variation({ actor: "telegram:42", pictureId });
   */
  variation(command: FromPicture): ResultAsync<PictureSet, FromPictureError>;
  /**
   * Orders a picture twice as wide and twice as high.
   *
   * Errors: as of `again`, and `picture-too-large`.
   *
   * @example
   * const larger = await likeness.images.upscale({ actor: "telegram:42", pictureId });
   */
  upscale(command: FromPicture): ResultAsync<PictureSet, UpscaleError>;
  /**
   * Cancels what still waits of a set. A picture that is being made comes and is charged.
   *
   * Errors: `set-not-found` · `provider-unavailable` · `provider-refused` · `storage-failure`.
   *
   * @example
   * const stopped = await likeness.images.cancel({ actor: "telegram:42", setId });
   */
  cancel(command: SetCommand): ResultAsync<PictureSet, CancelSetError>;
  /**
   * Reads a set: what has become of each of its pictures by now.
   *
   * Errors: `set-not-found` · `storage-failure`.
   *
   * @example
   * const { places } = orThrow(await likeness.images.set({ actor: "telegram:42", setId }));
   * const drawing = places.filter(({ status }) => status === "drawing").length;
   */
  set(command: SetCommand): ResultAsync<PictureSet, SetNotFound | StorageFailure>;
  /**
   * Lists pictures, newest first: of all avatars or of one, all or the favourites, a page at a time.
   *
   * Errors: `storage-failure`.
   *
   * @example
   * const favourites = orThrow(await likeness.images.list({ actor: "telegram:42", favourites: true }));
   */
  list(command: ListPictures): ResultAsync<Picture[], StorageFailure>;
  /**
   * Reads a picture, and where it stands among the chosen ones: `3` of `12`, with the ids of its neighbours.
   *
   * Errors: `picture-not-found` · `storage-failure`.
   *
   * @example
   * const { position, total } = orThrow(await likeness.images.view({ actor: "telegram:42", pictureId }));
   */
  view(command: ViewPicture): ResultAsync<PictureView, PictureNotFound | StorageFailure>;
  /**
   * Opens the file of a picture: the stored bytes, marked as made by a model and never encoded again.
   *
   * Errors: `picture-not-found` · `blob-not-found` · `blob-failure` · `storage-failure`.
   *
   * @example
   * const { stream } = orThrow(await likeness.images.open({ actor: "telegram:42", pictureId }));
   * const bytes = await new Response(stream).bytes();
   */
  open(command: PictureCommand): ResultAsync<OpenedPicture, OpenPictureError>;
  /**
   * Makes a picture a favourite, or none any more.
   *
   * Errors: `picture-not-found` · `storage-failure`.
   *
   * @example
   * const picture = orThrow(await likeness.images.favour({ actor: "telegram:42", pictureId, favourite: true }));
   */
  favour(command: FavourPicture): ResultAsync<Picture, ChangePictureError>;
  /**
   * Notes by which name the channel can show a picture again without its bytes, e.g. a `file_id` of Telegram.
   *
   * Errors: `picture-not-found` · `storage-failure`.
   *
   * @example
   * const noted = await likeness.images.noteChannelFile({ actor: "telegram:42", pictureId, channelFile: "AgACAgIAAx" });
   */
  noteChannelFile(command: NoteChannelFile): ResultAsync<Picture, ChangePictureError>;
  /**
   * Removes a picture with its bytes, here and, where that can erase, at the provider.
   *
   * Errors: `picture-not-found` · `storage-failure`.
   *
   * @example
   * const removed = await likeness.images.remove({ actor: "telegram:42", pictureId });
   */
  remove(command: PictureCommand): ResultAsync<void, RemovePictureError>;
  /**
   * Tells what pictures would cost: their owner, where there is a price, with what the owner has; and the host, by the
   * recipe.
   *
   * Errors: `credits-failure`.
   *
   * @example
   * const { dollars } = orThrow(await likeness.images.quote({ actor: "telegram:42", recipe: "image", count: 4 }));
   */
  quote(command: QuoteImages): ResultAsync<ImageQuote, CreditsFailure>;
  /**
   * The scenes that people can choose from.
   *
   * @example
   * const keys = likeness.images.scenes().map(({ key }) => key);
   */
  scenes(): readonly Scene[];
  /**
   * How these scenes are grouped.
   *
   * @example
   * const names = likeness.images.packs().map((pack) => nameOf(pack, "kk"));
   */
  packs(): readonly Pack[];
}

/** Commands about a person: their consent and their settings. */
export interface OwnerCommands {
  /**
   * Reads whether a person has consented, and in which words they are to be asked if not.
   *
   * Errors: `storage-failure`.
   *
   * @example
   * const asked = orThrow(await likeness.owners.consent({ actor: "telegram:42", locale: "kk-KZ" }));
   * const questions = asked.type === "missing" ? asked.wording.statements.map(({ text }) => text) : [];
   */
  consent(command: ViewConsent): ResultAsync<ConsentState, StorageFailure>;
  /**
   * Stores that a person has confirmed every statement of the wording that `consent` returned. The same again changes
   * nothing.
   *
   * Errors: `consent-outdated` (the wording has changed since, or the host asks elsewhere: ask again) ·
   * `storage-failure`.
   *
   * @example
   * const asked = orThrow(await likeness.owners.consent({ actor: "telegram:42", locale: "en" }));
   * if (asked.type === "missing") orThrow(await likeness.owners.giveConsent({ actor: "telegram:42", ...asked.wording }));
   */
  giveConsent(command: GiveConsent): ResultAsync<Consent, GiveConsentError>;
  /**
   * Withdraws a person's consent. Trainings and pictures under way are cancelled, waiting photos are forgotten, avatars
   * and pictures stay; no photo is taken and no training starts until they consent again.
   *
   * Errors: `storage-failure`.
   *
   * @example
   * const { cancelled, left } = orThrow(await likeness.owners.withdrawConsent({ actor: "telegram:42" }));
   * const said = left > 0 ? `${cancelled} stopped, ${left} will be as soon as possible` : `${cancelled} stopped`;
   */
  withdrawConsent(command: { readonly actor: string }): ResultAsync<Withdrawal, StorageFailure>;
  /**
   * Reads what a person has chosen; what they have not chosen is absent.
   *
   * Errors: `storage-failure`.
   *
   * @example
   * const { locale = "en" } = orThrow(await likeness.owners.settings({ actor: "telegram:42" }));
   */
  settings(command: { readonly actor: string }): ResultAsync<OwnerSettings, StorageFailure>;
  /**
   * Changes what a person has chosen. Absent fields stay as they are, `null` takes a choice back.
   *
   * Errors: `invalid-setting` · `storage-failure`.
   *
   * @example
   * const changed = orThrow(await likeness.owners.changeSettings({ actor: "telegram:42", locale: "kk" }));
   */
  changeSettings(command: ChangeSettings): ResultAsync<OwnerSettings, ChangeSettingsError>;
  /**
   * Notes a sign of life of a person. Safe to call for everything they do: it is written at most once an hour. A consent, a
   * new avatar, a photo and an order are signs of life without it.
   *
   * Errors: `storage-failure`.
   *
   * @example
   * orThrow(await likeness.owners.seen({ actor: "telegram:42" }));
   */
  seen(command: { readonly actor: string }): ResultAsync<void, StorageFailure>;
  /**
   * Erases everything about the actor: avatars, photos, models, pictures, messages, what a chat remembers, and what the
   * provider keeps. All rows are gone when it returns; a job deletes the files and asks the provider. Succeeds for an
   * actor who has nothing. With an `id`, a UUIDv7, the same command twice is one erasure.
   *
   * Errors: `storage-failure`.
   *
   * @example
   * const { id, erased } = orThrow(await likeness.owners.erase({ actor: "telegram:42" }));
   * const said = `${erased.photos} photos and ${erased.pictures} pictures are gone. Your receipt: ${id}`;
   */
  erase(command: EraseOwner): ResultAsync<ErasureReceipt, StorageFailure>;
  /**
   * How much the provider erases of what it keeps, and its predecessors with it. What it does not erase stays in the
   * account of whoever runs the deployment, and the receipt of an erasure names it.
   */
  readonly erasesAtProvider: ErasureReach;
  /**
   * Reads the receipt of an erasure: what was erased and what could not be. It names nobody.
   *
   * Errors: `receipt-not-found` · `storage-failure`.
   *
   * @example
   * const { status, left } = orThrow(await likeness.owners.receipt({ receiptId }));
   * const said = status === "done" && left.length === 0 ? "Everything is gone." : "Something is left.";
   */
  receipt(command: { readonly receiptId: string }): ResultAsync<ErasureReceipt, ReceiptNotFound | StorageFailure>;
  /**
   * Everything that is stored about the actor, as a zip that is made while it is read: `likeness.json`, `credits.json`,
   * `payments.json`, photos, pictures and models. Only a piece of one file is in memory at a time. With `partBytes` it is
   * split into several zips. The limit counts for actors of whom there was a sign of life.
   *
   * Errors: `too-many-exports` · `credits-failure` · `storage-failure`. Reading a part throws if the blob store fails; it
   * may be read again.
   *
   * @example
   * const [zip] = orThrow(await likeness.owners.export({ actor: "telegram:42" }));
   * let bytes = 0;
   * for await (const piece of zip.stream()) bytes += piece.byteLength;
   */
  export(command: ExportOwner): ResultAsync<readonly [ExportPart, ...ExportPart[]], ExportOwnerError>;
  /**
   * Whether the actor may export now, for a button whose export is made later, by a job.
   *
   * Errors: `too-many-exports`, with when it is possible again · `storage-failure`.
   *
   * @example
   * const may = await likeness.owners.mayExport({ actor: "telegram:42" });
   * const said = may.isErr() && may.error.type === "too-many-exports" ? `Possible again at ${may.error.retryAt}` : "It is coming.";
   */
  mayExport(command: MayExport): ResultAsync<void, TooManyExports | StorageFailure>;
  /**
   * Says that the export with this id did not reach the actor: it does not count, and another one is possible at once.
   *
   * Errors: `storage-failure`.
   *
   * @example
   * orThrow(await likeness.owners.export({ actor: "telegram:42", id: "2026-17" }));
   * orThrow(await likeness.owners.exportFailed({ actor: "telegram:42", id: "2026-17" }));
   */
  exportFailed(command: ExportFailed): ResultAsync<void, StorageFailure>;
}

/** What a person is told about credits. */
export interface CreditCommands {
  /**
   * Tells what orders of a kind, e.g. `training`, would cost the actor, and what the actor has. `undefined` where they
   * cost nothing.
   *
   * Errors: `credits-failure`.
   *
   * @example
   * const offer = orThrow(await likeness.credits.quote({ actor: "telegram:42", kind: "training", count: 1 }));
   * const said = offer ? `${offer.price.amount} ${offer.price.unit}` : "free of charge";
   */
  quote(command: Wanted): ResultAsync<Offer | undefined, CreditsFailure>;
  /**
   * Tells what the actor has. `undefined` where the host's credits do not tell, e.g. because orders cost nothing.
   *
   * Errors: `credits-failure`.
   *
   * @example
   * const balance = orThrow(await likeness.credits.balance({ actor: "telegram:42" }));
   * const spendable = balance && balance.balance - balance.held;
   */
  balance(command: { readonly actor: string }): ResultAsync<CreditBalance | undefined, CreditsFailure>;
}

/** Commands about the messages that owners get about their orders. */
export interface MessageCommands {
  /**
   * Resends each message that could not reach the actor, who is reachable again, e.g. has unblocked the bot.
   *
   * Errors: `storage-failure`.
   *
   * @example
   * const { resent } = orThrow(await likeness.messages.resendMissed({ actor: "telegram:42" }));
   */
  resendMissed(command: { readonly actor: string }): ResultAsync<{ readonly resent: number }, StorageFailure>;
}

/**
 * The endpoint that the provider reports to, for any HTTP server. `@likeness/fastify` has it as a plugin. `admit`
 * checks the address before the body is read, and `receive` requires the admission that it returns, so that no host
 * skips the check.
 */
export interface WebhookCommands {
  /** The longest body that is taken, in bytes; absent: 1 MiB. */
  readonly maxBytes?: number | undefined;
  /**
   * Checks the address of a delivery, before its body is read. Touches neither database nor network.
   *
   * Errors: `webhook-not-found` (answer 404).
   *
   * @example
   * const admission = orThrow(await likeness.webhooks.admit({ orderId, token }));
   */
  admit(command: AdmitWebhook): ResultAsync<WebhookAdmission, WebhookNotFound>;
  /**
   * Verifies a delivery and stores it, after which the host answers 200; a job applies it.
   *
   * Errors: `webhook-rejected` (401) · `webhook-deferred` (503: it cannot be verified now and is not kept) ·
   * `storage-failure` (503).
   *
   * @example
   * const admission = orThrow(await likeness.webhooks.admit({ orderId, token }));
   * const received = await likeness.webhooks.receive({ admission, headers, body });
   * const status = received.match(() => 200, (error) => (error.type === "webhook-rejected" ? 401 : 503));
   */
  receive(command: ReceiveWebhook): ResultAsync<{ readonly stored: "new" | "known" }, ReceiveWebhookError>;
  /**
   * Checks a signed request that the check of the public address has sent to us, before its body is read. It is answered
   * by `handle`, and nothing of it is stored. Touches neither database nor network.
   *
   * Errors: `webhook-not-found` (answer 404, as for any address that we did not make).
   *
   * @example
   * const admission = await likeness.webhooks.admitEcho({ echo: "1795953600.some-id.64", token });
   * const isOurs = admission.isOk();
   */
  admitEcho(command: AdmitEcho): ResultAsync<EchoAdmission, WebhookNotFound>;
  /**
   * Answers a request to the webhook endpoint, in any server of web standards; `toNodeListener` serves it by Node or
   * Express. The address is checked before the body is read, and the body is read up to 1 MiB or the limit of the
   * receiver, and for 30 seconds.
   *
   * Answers: 200 (stored, now or before) · 404 (not our address) · 405 · 413 · 408 · 400 (the body broke off) · 401 (the
   * signature) · 503 (not stored; the provider sends it again) · 500 (a defect, logged).
   *
   * @example
   * const response = await likeness.webhooks.handle(new Request("https://bot.example/?order=1&token=2", { method: "POST" }));
   * const { error } = await response.json(); // webhook-not-found
   */
  handle(request: Request): Promise<Response>;
}

/** What a channel asks about the guards before it begins something that would be refused at its end. */
export interface GuardCommands {
  /**
   * Whether this deployment is for a person: everybody, or those whom its host has listed.
   *
   * @example
   * const welcome = likeness.guards.allows({ actor: "telegram:42" }) ? "Hi!" : "This bot is private.";
   */
  allows(command: { readonly actor: string }): boolean;
  /**
   * Whether anything new is ordered for a person now, as far as the allow-list and the switch of paid work tell; e.g. a shop
   * asks before it sells.
   *
   * Errors: `not-allowed` · `paid-work-off` · `storage-failure`.
   *
   * @example
   * const open = (await likeness.guards.takesOrders({ actor: "telegram:42" })).isOk();
   */
  takesOrders(command: { readonly actor: string }): ResultAsync<void, NotAllowed | PaidWorkOff | StorageFailure>;
}

/** The union of all errors of the commands. */
export type LikenessError =
  | CancelAnyOrderError
  | DismissError
  | EraseAnyOwnerError
  | ListActionsError
  | TrustAccountError
  | ListNeedError
  | OpenPhotoError
  | OperatorOpensPictureError
  | RefundPaymentError
  | ReviveJobError
  | SendAgainError
  | ShowStatisticsError
  | TellOrderError
  | AddPhotoError
  | AdoptLateResultError
  | CancelSetError
  | ChangeSettingsError
  | GenerateImagesError
  | GiveConsentError
  | OpenPictureError
  | UpscaleError
  | CancelTrainingError
  | CopyAgainError
  | CreateAvatarError
  | EraseAvatarError
  | ExportOwnerError
  | ReceiveWebhookError
  | LookNowError
  | ReceiptNotFound
  | RemovePhotoError
  | RenameAvatarError
  | SetMainAvatarError
  | StartTrainingError
  | SubmitPhotoError
  | ViewAvatarError
  | WebhookNotFound;
