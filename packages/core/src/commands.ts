import type { ResultAsync } from "neverthrow";
import type { Avatar } from "./domain/avatar.ts";
import type { Photo } from "./domain/photo.ts";
import type { Training } from "./domain/training.ts";
import type { JobOutcome } from "./ports/job-queue.ts";
import type { StorageFailure } from "./ports/storage-errors.ts";
import type { AddPhoto, AddPhotoError } from "./use-cases/add-photo.ts";
import type { AdmitWebhook, WebhookAdmission, WebhookNotFound } from "./use-cases/admit-webhook.ts";
import type { AdoptLateResult, AdoptLateResultError, Adoption } from "./use-cases/adopt-late-result.ts";
import type { AvatarOverview } from "./use-cases/avatar-overview.ts";
import type { Cancellation, CancelTrainingError } from "./use-cases/cancel-training.ts";
import type { AnotherCopy, CopyModelAgain, CopyModelAgainError } from "./use-cases/copy-model-again.ts";
import type { CreateAvatar, CreateAvatarError } from "./use-cases/create-avatar.ts";
import type { EraseAvatarError } from "./use-cases/erase-avatar.ts";
import type { AvatarCommand } from "./use-cases/own-avatar.ts";
import type { ReceiveWebhook, ReceiveWebhookError } from "./use-cases/receive-webhook.ts";
import type { ReconcileTrainingError } from "./use-cases/reconcile-training.ts";
import type { RemovePhoto, RemovePhotoError } from "./use-cases/remove-photo.ts";
import type { RenameAvatar, RenameAvatarError } from "./use-cases/rename-avatar.ts";
import type { SetMainAvatarError } from "./use-cases/set-main-avatar.ts";
import type { StartTraining, StartTrainingError } from "./use-cases/start-training.ts";
import type { SubmitPhoto, SubmitPhotoError } from "./use-cases/submit-photo.ts";
import type { ViewAvatarError } from "./use-cases/view-avatar.ts";

/** What a person does with avatars. `actor` is the owner, e.g. `telegram:42`; the avatars of others are as good as missing. */
export interface AvatarCommands {
  /**
   * Begins a new avatar: a draft without photos. With an `id` of the caller's, a UUIDv7, the same command twice makes one.
   *
   * Errors: `invalid-name` · `avatar-limit-reached` · `avatar-not-found` (somebody else's avatar has the id) ·
   * `storage-failure`.
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
   * Gives an avatar another name, in any status.
   *
   * Errors: `invalid-name` · `avatar-not-found` · `storage-failure`.
   *
   * @example
   * const avatar = orThrow(await likeness.avatars.rename({ actor: "telegram:42", avatarId, name: "Grace" }));
   */
  rename(command: RenameAvatar): ResultAsync<Avatar, RenameAvatarError>;
  /**
   * Makes an avatar the owner's main one; the one that was no longer is.
   *
   * Errors: `avatar-not-found` · `storage-failure`.
   *
   * @example
   * const main = orThrow(await likeness.avatars.setMain({ actor: "telegram:42", avatarId }));
   */
  setMain(command: AvatarCommand): ResultAsync<Avatar, SetMainAvatarError>;
  /**
   * The owner's avatars, oldest first, each with its photos, its trainings, and how many photos it still needs.
   *
   * Errors: `storage-failure`.
   *
   * @example
   * const overviews = orThrow(await likeness.avatars.list({ actor: "telegram:42" }));
   * const lines = overviews.map(({ avatar, photos }) => `${avatar.name}: ${avatar.state.status}, ${photos.length} photos`);
   */
  list(command: { readonly actor: string }): ResultAsync<AvatarOverview[], StorageFailure>;
  /**
   * One avatar as `list` shows it.
   *
   * Errors: `avatar-not-found` · `storage-failure`.
   *
   * @example
   * const { readiness } = orThrow(await likeness.avatars.view({ actor: "telegram:42", avatarId }));
   * const said = readiness.missing > 0 ? `${readiness.missing} more photos, please` : "ready to train";
   */
  view(command: AvatarCommand): ResultAsync<AvatarOverview, ViewAvatarError>;
  /**
   * Erases an avatar with its photos, trainings and models, rows and bytes, and what deliveries said about it. A training
   * under way is cancelled where that is possible, and the provider is asked to erase what it keeps.
   *
   * Errors: `avatar-not-found` · `storage-failure`.
   *
   * @example
   * const erased = await likeness.avatars.erase({ actor: "telegram:42", avatarId });
   * const said = erased.match(() => "It is gone.", (error) => `It is still there: ${error.type}`);
   */
  erase(command: AvatarCommand): ResultAsync<void, EraseAvatarError>;
}

/** What a person does with the photos of an avatar. */
export interface PhotoCommands {
  /**
   * Inspects a photo whose bytes are at hand and adds it to an avatar. A rejected photo leaves nothing behind.
   *
   * Errors: `avatar-not-found` · `photo-rejected` with a code and numbers · `inspector-failure` · `blob-failure` ·
   * `storage-failure`.
   *
   * @example
   * const added = await likeness.photos.add({ actor: "telegram:42", avatarId, bytes });
   * if (added.isErr() && added.error.type === "photo-rejected") throw new Error(`not good enough: ${added.error.rejection.code}`);
   */
  add(command: AddPhoto): ResultAsync<Photo, AddPhotoError>;
  /**
   * Takes note of a photo that a `PhotoSource` can fetch; a job fetches and inspects it. The same reference twice is the same
   * photo.
   *
   * Errors: `avatar-not-found` · `photo-rejected` (there is no room for more) · `storage-failure`.
   *
   * @example
   * const reference = { key: "message-1042", locator: "AgACAgIAAx" };
   * const photo = orThrow(await likeness.photos.submit({ actor: "telegram:42", avatarId, reference }));
   */
  submit(command: SubmitPhoto): ResultAsync<Photo, SubmitPhotoError>;
  /**
   * Takes a photo away, with its bytes.
   *
   * Errors: `photo-not-found` · `training-active` (a training under way may still need it) · `storage-failure`.
   *
   * @example
   * const removed = await likeness.photos.remove({ actor: "telegram:42", photoId: photo.id });
   * const said = removed.isOk() ? "Removed." : `Not removed: ${removed.error.type}`;
   */
  remove(command: RemovePhoto): ResultAsync<void, RemovePhotoError>;
}

/** What a person does about trainings. */
export interface TrainingCommands {
  /**
   * Orders the one paid training of an avatar. Afterwards the order is on disk and a job submits it; nothing was paid yet.
   * The same `idempotencyKey` is the same training, and two starts at once make one.
   *
   * Errors: `avatar-not-found` · `training-active` · `not-ready` · `credits-refused` · `credits-failure` ·
   * `storage-failure`.
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
   * Cancels the training under way, at the provider first. A result that comes all the same is kept. `too-late`: the
   * provider had finished, and the outcome follows as usual.
   *
   * Errors: `avatar-not-found` · `no-training` · `illegal-transition` (it is not known yet whether the provider has it) ·
   * `provider-unavailable` · `provider-refused` · `storage-failure`.
   *
   * @example
   * const cancelled = await likeness.trainings.cancel({ actor: "telegram:42", avatarId });
   * const said = cancelled.match(({ type }) => type, (error) => `not cancelled: ${error.type}`);
   */
  cancel(command: AvatarCommand): ResultAsync<Cancellation, CancelTrainingError>;
}

/** The messages that owners get about their trainings. */
export interface MessageCommands {
  /**
   * Sends what could not reach the actor, who can be reached again, e.g. has unblocked the bot. Each message is sent once
   * more.
   *
   * Errors: `storage-failure`.
   *
   * @example
   * const { resent } = orThrow(await likeness.messages.resendMissed({ actor: "telegram:42" }));
   */
  resendMissed(command: { readonly actor: string }): ResultAsync<{ readonly resent: number }, StorageFailure>;
}

/**
 * The endpoint that the provider reports to, for whatever serves HTTP. `@likeness/fastify` has it as a plugin. The address is
 * checked before the body is read, and only an admission can be received, so that the check cannot be forgotten.
 */
export interface WebhookCommands {
  /**
   * Checks the address of a delivery, before its body is read. Touches neither database nor network.
   *
   * Errors: `webhook-not-found` (answer 404).
   *
   * @example
   * const admission = orThrow(await likeness.webhooks.admit({ trainingId, token }));
   */
  admit(command: AdmitWebhook): ResultAsync<WebhookAdmission, WebhookNotFound>;
  /**
   * Verifies a delivery and stores it, so that it may be answered with 200; a job does the rest.
   *
   * Errors: `webhook-rejected` (401) · `webhook-deferred` (503: it cannot be verified now and is not kept) ·
   * `storage-failure` (503).
   *
   * @example
   * const admission = orThrow(await likeness.webhooks.admit({ trainingId, token }));
   * const received = await likeness.webhooks.receive({ admission, headers, body });
   * const status = received.match(() => 200, (error) => (error.type === "webhook-rejected" ? 401 : 503));
   */
  receive(command: ReceiveWebhook): ResultAsync<{ readonly stored: "new" | "known" }, ReceiveWebhookError>;
}

/** What an operator does. These commands name no actor: offer them to no person. */
export interface OperatorCommands {
  /**
   * Lets the result count that came after a training was given up: its avatar becomes ready with it, and the owner is told.
   * Adopting charges nothing.
   *
   * Errors: `training-not-found` · `no-late-result` · `training-active` · `superseded` (the avatar has a newer model) ·
   * `storage-failure`.
   *
   * @example
   * const adopted = await likeness.operator.adopt({ trainingId });
   * const said = adopted.match(({ type }) => type, (error) => `not adopted: ${error.type}`);
   */
  adopt(command: AdoptLateResult): ResultAsync<Adoption, AdoptLateResultError>;
  /**
   * Has the model of a training copied although that was given up, from now until another deadline. Told twice it begins
   * once, and what is tried anyway is left to that.
   *
   * Errors: `training-not-found` · `no-model` (the training has yielded none) · `storage-failure`.
   *
   * @example
   * const copying = await likeness.operator.copyAgain({ trainingId });
   * const said = copying.match(({ type }) => type, (error) => `not copied: ${error.type}`);
   */
  copyAgain(command: CopyModelAgain): ResultAsync<AnotherCopy, CopyModelAgainError>;
  /**
   * Asks the provider now how a training stands, as the polling does by itself, and acts on the answer.
   *
   * Errors: `illegal-transition` · `storage-failure`.
   *
   * @example
   * const looked = await likeness.operator.look({ trainingId });
   */
  look(command: { readonly trainingId: string }): ResultAsync<JobOutcome, ReconcileTrainingError>;
  /**
   * Nudges every row that is overdue, as the timer does regularly. Says how many.
   *
   * Errors: `storage-failure`.
   *
   * @example
   * const { nudged } = orThrow(await likeness.operator.sweep());
   */
  sweep(): ResultAsync<{ readonly nudged: number }, StorageFailure>;
}

/** Everything that a command can answer instead of its value. */
export type LikenessError =
  | AddPhotoError
  | AdoptLateResultError
  | CancelTrainingError
  | CopyModelAgainError
  | CreateAvatarError
  | EraseAvatarError
  | ReceiveWebhookError
  | ReconcileTrainingError
  | RemovePhotoError
  | RenameAvatarError
  | SetMainAvatarError
  | StartTrainingError
  | SubmitPhotoError
  | ViewAvatarError
  | WebhookNotFound;
