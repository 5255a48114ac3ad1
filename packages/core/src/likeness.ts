import { fromSafePromise, ResultAsync } from "neverthrow";
import { logAlarms } from "./alarms/log-alarms.ts";
import { sightings, type Sightings } from "./alarms/sightings.ts";
import { watchAlarms } from "./alarms/watch-alarms.ts";
import { watchedProvider } from "./alarms/watched-provider.ts";
import { createAvatar } from "./avatars/create-avatar.ts";
import { eraseAvatar } from "./avatars/erase-avatar.ts";
import { renameAvatar } from "./avatars/rename-avatar.ts";
import { setMainAvatar } from "./avatars/set-main-avatar.ts";
import { listAvatars, viewAvatar } from "./avatars/view-avatars.ts";
import { checkPolicy, type Policy } from "./policy.ts";
import type {
  AvatarCommands,
  CreditCommands,
  GuardCommands,
  ImageCommands,
  MessageCommands,
  OwnerCommands,
  PhotoCommands,
  TrainingCommands,
  WebhookCommands,
} from "./commands.ts";
import { quoteOrders, readBalance } from "./credits/offer.ts";
import { cancelSet } from "./images/cancel-set.ts";
import { checkPacks, packsWithin } from "./images/check-packs.ts";
import { checkScenes } from "./images/check-scenes.ts";
import { again, upscale, variation } from "./images/from-picture.ts";
import { favourPicture, listPictures, noteChannelFile, openPicture, viewPicture, viewSet } from "./images/gallery.ts";
import { generateImages } from "./images/generate-images.ts";
import { imageKind, upscaleKind } from "./images/image-kind.ts";
import { imagesOf, type ImagePorts } from "./images/image-ports.ts";
import { iptcMarker } from "./images/mark/iptc-marker.ts";
import { firstScenes } from "./images/first-look.ts";
import { quoteImages } from "./images/quote-images.ts";
import type { Recipes } from "./images/recipe.ts";
import { removePicture } from "./images/remove-picture.ts";
import { defaultPacks, defaultScenes } from "./images/scenes.ts";
import { checkConsent, type ConsentPolicy } from "./owners/consent-policy.ts";
import { defaultConsent } from "./owners/default-consent.ts";
import { giveConsent } from "./owners/give-consent.ts";
import { exportFailed, mayExport } from "./owners/export/limit-exports.ts";
import { changeSettings, readSettings } from "./owners/settings.ts";
import { noteSeen } from "./owners/sign-of-life.ts";
import { viewConsent } from "./owners/view-consent.ts";
import { withdrawConsent } from "./owners/withdraw-consent.ts";
import { checkPaidWork } from "./guards/check-placing.ts";
import { checkAllowed, checkGuards, type Guards } from "./guards/guards.ts";
import { jobHandlers } from "./jobs/handlers.ts";
import { jobKinds } from "./jobs/job-kinds.ts";
import { runDue, type DueRun, type RunDue } from "./jobs/run-due.ts";
import { resendMissed } from "./messages/resend-missed.ts";
import { checksOf, type CheckedParts } from "./operator/checks/checks-of.ts";
import { operatorCommands, type OperatorCommands } from "./operator/operator-commands.ts";
import { addPhoto } from "./photos/add-photo.ts";
import { removePhoto } from "./photos/remove-photo.ts";
import { submitPhoto } from "./photos/submit-photo.ts";
import { eraseOwner } from "./owners/erasure/erase-owner.ts";
import { exportOwner } from "./owners/export/export-owner.ts";
import { findReceipt } from "./owners/erasure/erasure-receipt.ts";
import type { OrderKinds } from "./orders/order-kind.ts";
import type { ChannelPorts, NotifierWith } from "./ports/channel-ports.ts";
import type { Alarms } from "./ports/alarms.ts";
import { atMost, systemClock } from "./ports/clock.ts";
import { freeOfCharge } from "./ports/credits.ts";
import { uuidV7 } from "./ports/ids.ts";
import type { JobHandlers } from "./ports/job-queue.ts";
import { silentLog, type Log } from "./ports/log.ts";
import type { Notifier } from "./ports/notifier.ts";
import type { WebhookIntake } from "./ports/outside-ports.ts";
import type { Provider } from "./ports/provider.ts";
import type { BoundPorts, Ports } from "./ports/ports.ts";
import type { StorageFailure } from "./ports/storage-errors.ts";
import type { WebhookReceiver } from "./ports/webhook-receiver.ts";
import { trace } from "./events/trace.ts";
import { tracedHandlers, tracedNotifier, tracedProvider } from "./events/traced-ports.ts";
import { watchStore } from "./events/watch-store.ts";
import { cancelTraining } from "./trainings/cancel-training.ts";
import { trackCrossings } from "./orders/crossings.ts";
import { erasureReach, orderProviders, outcomeSources, type FormerProvider } from "./orders/order-providers.ts";
import { startTraining } from "./trainings/start-training.ts";
import { trainingKind } from "./trainings/training-kind.ts";
import { type Some, withoutUndefined } from "./values/without-undefined.ts";
import { admitEcho, type AdmitEcho } from "./webhooks/echo.ts";
import { handleWebhook } from "./webhooks/handle-webhook.ts";
import { longestBody } from "./webhooks/read-body.ts";
import { receiverOf } from "./webhooks/receiver-of.ts";
import { admitWebhook, receiveWebhook, type AdmitWebhook, type ReceiveWebhook } from "./webhooks/receive-webhook.ts";

type Optional =
  "alarms" | "clock" | "ids" | "random" | "log" | "credits" | "policy" | "guards" | "kinds" | "images" | "consent";

/** Ports with a default may be left out. */
export type LikenessPorts = Omit<Ports, Optional | "notifier" | "webhooks"> &
  Some<Pick<Ports, Exclude<Optional, "alarms" | "policy" | "guards" | "kinds" | "images" | "consent">>> & {
    /** Sends messages to owners; a function is called once, with the ports that a channel shares. */
    readonly notifier: Notifier | NotifierWith;
    /** Who is told about alarms beside the log, e.g. the operators' chats. */
    readonly alarms?: readonly Alarms[] | undefined;
    readonly webhooks?: Omit<WebhookIntake, "former"> | undefined;
    readonly policy?: Some<Policy> | undefined;
    /** Who may order, and what may be spent; absent: only the limits of the policy. */
    readonly guards?: Guards | undefined;
    /** Kinds of order beside `training`, `image` and `upscale`. */
    readonly kinds?: OrderKinds | undefined;
    /**
     * What a person confirms before their first photo; absent: own photos or permission, and adults only. `elsewhere`: the
     * host has asked before.
     */
    readonly consent?: ConsentPolicy | undefined;
    /** How pictures are made; absent: this deployment only trains. */
    readonly images?: ImageOptions | undefined;
    /**
     * Providers of this deployment before its present one. What was ordered there goes on there, and with their recipes
     * their models go on making pictures. Without it, such orders end at their deadlines.
     */
    readonly formerProviders?: readonly FormerProvider[] | undefined;
  };

/** How pictures are made. What is absent has a default, or is not done. */
export type ImageOptions = Pick<ImagePorts, "recipes" | "inspector"> &
  Some<Omit<ImagePorts, "recipes" | "recipesAt" | "inspector">>;

/** The commands, grouped by subject, and the start and stop of the background work. */
export interface Likeness {
  readonly avatars: AvatarCommands;
  readonly photos: PhotoCommands;
  readonly trainings: TrainingCommands;
  readonly images: ImageCommands;
  readonly owners: OwnerCommands;
  readonly credits: CreditCommands;
  readonly messages: MessageCommands;
  readonly webhooks: WebhookCommands;
  readonly operator: OperatorCommands;
  readonly guards: GuardCommands;
  /** What a channel uses itself of what `createLikeness` was given, with the defaults of what was left out. */
  readonly ports: ChannelPorts;
  /** The core's job handlers. */
  readonly handlers: JobHandlers;
  /** Starts the queue with the core's handlers and those of the channels; sweeps at once and then regularly. */
  start(more?: JobHandlers): ResultAsync<void, StorageFailure>;
  /**
   * Sweeps once and runs due jobs, for a host without workers, e.g. a cron of a serverless host. Any number of calls and
   * of workers may run at once. After `limit` jobs, or `deadlineMs` milliseconds, no more is claimed; what still runs at
   * the deadline is aborted and handed back to the queue, and runs again from its beginning. Like `stop` it then waits
   * until the answer of a paid request under way is stored, so a host has to allow it `submitTimeoutSeconds` more. A
   * deadline of 0 does nothing, and says that more may be due.
   *
   * Errors: `storage-failure`.
   *
   * @example
   * const { done, failed, more } = orThrow(await likeness.runDue({ limit: 100, deadlineMs: 45_000 }));
   */
  runDue(options: RunDue): ResultAsync<DueRun, StorageFailure>;
  /**
   * Stops the sweeps, and stops the queue within the grace. It always waits until the answer of a paid request under
   * way is stored, even beyond the grace: up to `submitTimeoutSeconds` plus a little for the write. None begins after
   * the grace.
   */
  stop(options: { readonly graceMs: number }): ResultAsync<void, StorageFailure>;
}

/**
 * Binds the commands to their ports.
 *
 * @example
 * const likeness = createLikeness({ store, queue, provider, outcomes, blobs, inspector, notifier, profiles });
 * const started = await likeness.start();
 * if (started.isErr()) throw new Error("the queue does not start", { cause: started.error });
 * const created = await likeness.avatars.create({ actor: "telegram:42", kind: "portrait", gender: "female", name: "Ada" });
 * const said = created.match(
 *   (avatar) => `${avatar.name} is avatar ${avatar.id}`,
 *   (error) => `not created: ${error.type}`,
 * );
 */
export function createLikeness(given: LikenessPorts): Likeness {
  const { formerProviders: former = [], ...present } = given;
  const { name } = given.provider;
  const shared = channelPorts(given);
  const seen = sightings(shared);
  const ofProvider = (provider: Provider): Provider => tracedProvider(watchedProvider(provider, seen));
  const ports: BoundPorts = {
    random: Math.random,
    credits: freeOfCharge,
    ...withoutUndefined(present),
    clock: shared.clock,
    ids: shared.ids,
    log: shared.log,
    store: watchStore(shared.store, shared.log),
    provider: orderProviders(
      ofProvider(given.provider),
      former.map(({ provider }) => ofProvider(provider)),
    ),
    outcomes: outcomeSources({ name, outcomes: given.outcomes }, former),
    webhooks: given.webhooks && {
      ...given.webhooks,
      former: formerReceivers(given.webhooks, name, former),
    },
    alarms: alarmChannels(shared.log, given.alarms),
    notifier: tracedNotifier(notifierOf(given.notifier, shared)),
    policy: checkPolicy(given.policy),
    consent: checkConsent(given.consent ?? defaultConsent),
    guards: checkGuards(given.guards),
    kinds: { ...coreKinds, ...given.kinds },
    images: given.images && imagePorts(given.images, recipesByProvider(name, given.images.recipes, former)),
  };
  const checks = [...checksOf(checkedParts(given, ports)), ...(given.checks ?? [])];
  const crossings = trackCrossings(ports.clock, ports.policy);
  const handlers = tracedHandlers(jobHandlers(ports, crossings));
  const alarms = alarmWatch(ports);
  const timer = sweepTimer(ports, alarms.look);
  return {
    ...commandsOf({ ...ports, checks }, seen),
    ports: shared,
    handlers,
    start: (more) => ports.queue.start(withOthers(handlers, more)).map(timer.start),
    runDue: ({ handlers: more, ...limits }) =>
      runDue(ports, withOthers(handlers, more), crossings, limits).andThrough(() => {
        const looked = limits.deadlineMs > 0 ? atMost(ports.clock, limits.deadlineMs, alarms.look()) : undefined;
        return fromSafePromise(Promise.all([looked, seen.written()]));
      }),
    stop: (options) => {
      timer.stop();
      const stopped = async () => {
        const outcome = await ports.queue.stop(options);
        await crossings.ended();
        await atMost(ports.clock, options.graceMs, Promise.all([alarms.looked(), seen.written()]));
        return outcome;
      };
      return new ResultAsync(stopped());
    },
  };
}

/** What the checks look at: the ports as they were given, because a check is no call of the provider that is published. */
const checkedParts = ({ provider, images, formerProviders }: LikenessPorts, ports: Ports): CheckedParts => ({
  ...ports,
  provider,
  recipes: images?.recipes,
  formerProviders,
});

function channelPorts({ store, blobs, profiles, images, ...given }: LikenessPorts): ChannelPorts {
  const { clock = systemClock, log = silentLog } = given;
  const ids = given.ids ?? uuidV7(clock);
  const { photoRetentionSeconds, ownerRetentionSeconds } = checkPolicy(given.policy);
  const retention = { photoRetentionSeconds, ownerRetentionSeconds };
  return { store, blobs, profiles, clock, ids, log, makesPictures: images !== undefined, retention };
}

const notifierOf = (notifier: Notifier | NotifierWith, ports: ChannelPorts): Notifier =>
  typeof notifier === "function" ? notifier(ports) : notifier;

/** The core's handlers, and those of channels and hosts. */
function withOthers(handlers: JobHandlers, more: JobHandlers = {}): JobHandlers {
  const taken = Object.keys(more).find((kind) => kind in handlers);
  if (taken) throw new Error(`the core has a handler for ${taken} already`);
  return { ...handlers, ...tracedHandlers(more) };
}

/** The kinds of order that the core brings. */
export const coreKinds: OrderKinds = Object.fromEntries(
  [trainingKind, imageKind, upscaleKind].map((kind) => [kind.name, kind]),
);

function formerReceivers(
  { receiver }: Pick<WebhookIntake, "receiver">,
  name: string,
  former: readonly FormerProvider[],
): readonly WebhookReceiver[] {
  checkSource(receiver, name);
  return former.flatMap(({ provider, receiver: each }) => (each ? [checkSource(each, provider.name)] : []));
}

/** Throws for a receiver of another provider: what a webhook is about would be looked for at the wrong one. */
function checkSource(receiver: WebhookReceiver, name: string): WebhookReceiver {
  if (receiver.source === name) return receiver;
  throw new Error(`the source of a receiver is the name of its provider: ${receiver.source} is not ${name}`);
}

const recipesByProvider = (current: string, recipes: Recipes, former: readonly FormerProvider[]) => (name: string) =>
  name === current ? recipes : former.find(({ provider }) => provider.name === name)?.recipes;

const imagePorts = (
  { recipes, inspector, ...given }: ImageOptions,
  recipesAt: NonNullable<ImagePorts["recipesAt"]>,
): ImagePorts => {
  const scenes = checkScenes(given.scenes ?? defaultScenes);
  return {
    recipes,
    inspector,
    marker: iptcMarker,
    firstLook: false,
    ...withoutUndefined(given),
    recipesAt,
    scenes,
    packs: given.packs ? checkPacks(given.packs, scenes) : packsWithin(defaultPacks, scenes),
  };
};

const commandsOf = (
  ports: BoundPorts,
  seen: Sightings,
): Omit<Likeness, "ports" | "handlers" | "start" | "runDue" | "stop"> => ({
  avatars: {
    create: (command) => createAvatar(ports, command),
    rename: (command) => renameAvatar(ports, command),
    setMain: (command) => setMainAvatar(ports, command),
    list: (command) => listAvatars(ports, command),
    view: (command) => viewAvatar(ports, command),
    erase: (command) => eraseAvatar(ports, command),
  },
  photos: {
    add: (command) => addPhoto(ports, command),
    submit: (command) => submitPhoto(ports, command),
    remove: (command) => removePhoto(ports, command),
  },
  trainings: {
    start: (command) => startTraining(ports, command),
    cancel: (command) => cancelTraining(ports, command),
  },
  images: {
    available: ports.images !== undefined,
    firstLook: ports.images?.firstLook ? firstScenes(ports.images.scenes).length : 0,
    generate: (command) => generateImages(ports, command),
    again: (command) => again(ports, command),
    variation: (command) => variation(ports, command),
    upscale: (command) => upscale(ports, command),
    cancel: (command) => cancelSet(ports, command),
    set: (command) => viewSet(ports, command),
    list: (command) => listPictures(ports, command),
    view: (command) => viewPicture(ports, command),
    open: (command) => openPicture(ports, command),
    favour: (command) => favourPicture(ports, command),
    noteChannelFile: (command) => noteChannelFile(ports, command),
    remove: (command) => removePicture(ports, command),
    quote: (command) => quoteImages(ports, command),
    scenes: () => imagesOf(ports).scenes,
    packs: () => imagesOf(ports).packs,
  },
  owners: {
    consent: (command) => viewConsent(ports, command),
    giveConsent: (command) => giveConsent(ports, command),
    withdrawConsent: (command) => withdrawConsent(ports, command),
    settings: (command) => readSettings(ports, command),
    changeSettings: (command) => changeSettings(ports, command),
    seen: (command) => noteSeen(ports, command),
    erase: (command) => eraseOwner(ports, command),
    erasesAtProvider: erasureReach(ports.provider),
    receipt: (command) => findReceipt(ports, command),
    export: (command) => exportOwner(ports, command),
    mayExport: (command) => mayExport(ports, command),
    exportFailed: (command) => exportFailed(ports, command),
  },
  credits: {
    quote: (command) => quoteOrders(ports, command),
    balance: (command) => readBalance(ports, command),
  },
  messages: { resendMissed: (command) => resendMissed(ports, command) },
  webhooks: webhookCommands(ports, seen),
  guards: {
    allows: ({ actor }) => checkAllowed(ports, actor).isOk(),
    takesOrders: ({ actor }) => checkPaidWork(ports, ports.store, actor),
  },
  operator: operatorCommands(ports),
});

function webhookCommands(ports: BoundPorts, { see }: Sightings): WebhookCommands {
  const maxBytes = ports.webhooks && longestBody(ports.webhooks);
  const webhooks = {
    ...withoutUndefined({ maxBytes }),
    admit: (command: AdmitWebhook) => admitWebhook(ports, command),
    admitEcho: (command: AdmitEcho) => admitEcho(ports, command),
    receive: (command: ReceiveWebhook) =>
      trace(
        "delivery",
        {
          step: "receive",
          orderId: command.admission.orderId,
          source: ports.webhooks && receiverOf(ports.webhooks, command).source,
        },
        () =>
          receiveWebhook(ports, command).mapErr((error) => {
            if (error.type === "webhook-rejected" && ports.webhooks)
              see({ what: "webhook-refused", subject: receiverOf(ports.webhooks, command).source });
            return error;
          }),
        (result) =>
          result.match(
            ({ stored }) => stored,
            ({ type }) => type,
          ),
      ),
  };
  return { ...webhooks, handle: handleWebhook({ ...ports, webhooks }) };
}

/** Sweeps by a timer and not by a job, so that it works even if the queue has lost its jobs. */
function sweepTimer({ queue, clock, policy, log }: Ports, lookForAlarms: () => Promise<void>) {
  let callOff = (): void => undefined;
  const tick = (): void => {
    callOff = clock.after(policy.sweepSeconds * 1000, tick);
    void queue
      .enqueue({ kind: jobKinds.sweep, key: "sweep", payload: null })
      .mapErr((error) => log.warn({ error: error.type }, "the sweep could not be nudged"));
    void lookForAlarms();
  };
  return { start: tick, stop: () => callOff() };
}

/** One look for alarms at a time: a channel may be slow. */
function alarmWatch(ports: Ports) {
  let looking: Promise<void> | undefined;
  const look = (): Promise<void> =>
    (looking ??= watchAlarms(ports).then(
      () => (looking = undefined),
      (cause: unknown) => {
        looking = undefined;
        ports.log.error({ err: cause }, "the look for alarms failed");
      },
    ));
  return { look, looked: async () => looking };
}

function alarmChannels(log: Log, given: readonly Alarms[] = []): readonly Alarms[] {
  const channels = [logAlarms(log), ...given];
  const twice = channels.find(({ name }, index) => channels.findIndex((other) => other.name === name) !== index);
  if (twice) throw new Error(`two channels for alarms are named ${twice.name}`);
  return channels;
}
