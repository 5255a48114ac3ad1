import {
  createLikeness,
  type AvatarOverview,
  type ConsentPolicy,
  type Credits,
  type ErasureReach,
  type Guards,
  type ImageOptions,
  type Likeness,
  type Provider,
  type ProviderRequest,
} from "@likeness/core";
import {
  memoryCredits,
  memoryPurchases,
  photoBytes,
  someProfiles,
  testPorts,
  valueOf,
  type MemoryPurchases,
  type TestPorts,
} from "@likeness/testing";
import { Api, Bot } from "grammy";
import type { Update } from "grammy/types";
import { expect, onTestFinished } from "vitest";
import type { Conversation } from "../../conversation/conversation.ts";
import { findConversation } from "../../conversation/conversations.ts";
import { telegramNotifier } from "../../notifier/telegram-notifier.ts";
import { telegramPhotos } from "../../photos/telegram-photos.ts";
import { starShop } from "../../shop/star-shop.ts";
import type { Person as AppUser } from "../../testing/person/person.ts";
import { serveTelegramFake } from "../../testing/serve-telegram-fake.ts";
import { telegramFake, type TelegramFake } from "../../testing/telegram-fake.ts";
import { telegramUpdates } from "../../updates/telegram-updates.ts";
import { actorOf } from "../actor.ts";
import { avatarChat, type AvatarChat, type AvatarChatOptions } from "../avatar-chat.ts";

const token = "123456:fake-token";

export interface StageOptions extends Partial<Omit<AvatarChatOptions, "likeness">> {
  /** How many processes run the bot, on one store. */
  readonly bots?: number;
  readonly languageCode?: string;
  /** Updates are stored first and handled by jobs. */
  readonly stores?: boolean;
  /** Whether the deployment makes pictures. Default: it does, without a first look. */
  readonly images?: Partial<ImageOptions> | false;
  readonly guards?: Guards;
  /** Credits instead of those that take everything. */
  readonly credits?: Credits;
  /** Orders have these prices, and ten credits are sold for 50 Stars. */
  readonly sells?: Readonly<Record<string, number>>;
  /** How much the provider erases. Default: all. */
  readonly erases?: ErasureReach;
  /** News about trainings are sent to Telegram, not to the fake notifier. */
  readonly notifies?: boolean;
  /** What is asked before photos. Default: nothing, the host asks elsewhere. */
  readonly consent?: ConsentPolicy;
  /** What the host's bot is made of. Default: our chat, then its hints. */
  readonly compose?: (bot: Bot, avatars: AvatarChat) => void;
}

const erasing = {
  all: {},
  part: { erasesPart: true },
  none: { erase: undefined },
} as const satisfies Record<ErasureReach, Partial<Provider>>;

/** A bot over HTTP, Ada with her app, and everything behind it in memory. */
export interface BotStage extends Pick<
  TestPorts,
  "storage" | "provider" | "outcomes" | "blobs" | "credits" | "log" | "clock" | "notifier"
> {
  readonly ada: AppUser;
  readonly fake: TelegramFake;
  readonly avatars: AvatarChat;
  /** Of the host. */
  readonly api: Api;
  readonly likeness: Likeness;
  /** Delivers the updates since the last call to the bots, in order; several bots get them alternately. */
  handle(): Promise<void>;
  /** Delivers one update to every bot at the same time, a number of times each. */
  handleAtOnce(update: Update, times?: number): Promise<void>;
  /** Drops the updates since the last call. */
  skipUpdates(): void;
  newestUpdate(): Update;
  /** Ada writes, and the bot handles it. */
  says(text: string): Promise<void>;
  /** Ada presses the newest button with that label, and the bot handles it. Returns the toast. */
  presses(text: string): Promise<string | undefined>;
  /** Ada's app sends data that no button has. Returns the toast. */
  forges(data: string): Promise<string | undefined>;
  /** Lets time pass and jobs run. */
  pass(seconds: number): Promise<void>;
  /** What the bot has said, since a message if one is named; oldest first, with the labels of the buttons below. */
  bot(since?: number): readonly Bubble[];
  /** In no topic, unless one is named. */
  conversation(topicId?: number): Promise<Conversation>;
  overviews(): Promise<AvatarOverview[]>;
  /** An avatar of Ada's with enough photos, and no word about it in the chat. */
  draft(name?: string): Promise<string>;
  /** The request at the provider of the newest training. */
  request(): ProviderRequest;
  /** Empty where nothing is sold. */
  readonly purchases: MemoryPurchases;
}

export interface Bubble {
  readonly text: string;
  readonly buttons?: readonly (readonly string[])[];
}

/** Every error in the log has one of these fields, which tells an operator whom it concerns. */
/** Of what an entry is about; the cause of an alarm is about the whole deployment. */
const ids = [
  "cause",
  "actor",
  "chatId",
  "updateId",
  "avatarId",
  "trainingId",
  "photoId",
  "notificationId",
  "deliveryId",
  "key",
];

export const photoLimits = { minimum: 3, maximum: 5 };

export async function botStage({
  bots: count = 1,
  languageCode = "en",
  stores = false,
  notifies = false,
  erases = "all",
  images = {},
  consent = "elsewhere",
  guards,
  sells,
  credits,
  profiles = someProfiles(photoLimits),
  compose = (bot, avatars) => bot.use(avatars, avatars.fallback),
  ...options
}: StageOptions = {}): Promise<BotStage> {
  const fakes = testPorts({ profiles });
  const { storage, clock } = fakes;
  const ports = { ...fakes.ports, images: images && fakes.ports.images && { ...fakes.ports.images, ...images } };
  const fake = telegramFake({ token, clock });
  const server = await serveTelegramFake(fake);
  const api = new Api(token, { apiRoot: server.url });
  const pictures = images ? { store: ports.store, blobs: ports.blobs } : undefined;
  const notifier = telegramNotifier(api, { ...ports.store, clock, log: fakes.log, pictures });
  const ledger = memoryCredits({ prices: sells ?? {} });
  const purchases = memoryPurchases({ ledger, jobs: ports.store.jobs });
  const likeness = createLikeness({
    ...ports,
    provider: { ...ports.provider, ...erasing[erases] },
    ...(sells && { credits: ledger, purchases }),
    photoSource: telegramPhotos(api),
    ...(notifies && { notifier }),
    ...(credits && { credits }),
    consent,
    ...(guards && { guards }),
    images: ports.images || undefined,
  });

  const bots = await Promise.all(
    Array.from({ length: count }, async () => {
      const bot = new Bot(token, { client: { apiRoot: server.url } });
      await bot.init();
      const shop = starShop({
        ...ports,
        packages: sells ? [{ credits: 10, stars: 50 }] : [],
        purchases,
        credits: ledger,
        hasAvatars: true,
        support: "@support",
        api: bot.api,
        log: fakes.log,
      });
      const sold = sells && { shop: true, moreCommands: shop.commands };
      const avatars = avatarChat({ ...ports, api: bot.api, likeness, ...sold, ...options });
      if (sells) bot.use(shop);
      compose(bot, avatars);
      const intake = telegramUpdates({ bot, store: ports.store, clock, ids: ports.ids, log: fakes.log });
      const take = async (update: Update) => {
        if (stores) await valueOf(intake.receive(update));
        else await bot.handleUpdate(update);
      };
      return { bot, avatars, shop, intake, take };
    }),
  );
  const [{ avatars, shop, intake }] = bots as [(typeof bots)[number]];
  await valueOf(likeness.start({ ...avatars.handlers, ...shop.handlers, ...intake.handlers }));
  onTestFinished(() => {
    const troubles = fakes.log.entries.filter(({ level }) => level === "warn" || level === "error");
    expect(troubles.filter(({ fields }) => !ids.some((id) => id in fields))).toStrictEqual([]);
  });
  onTestFinished(async () => {
    await likeness.stop({ graceMs: 0 });
    await server.close();
    await fake.close();
  });

  const ada = fake.control.person(42, { firstName: "Ada", languageCode });
  const actor = actorOf(ada.id);
  let handled = 0;
  const handle: BotStage["handle"] = async () => {
    const updates = fake.control.updates.slice(handled);
    handled = fake.control.updates.length;
    for (const [index, update] of updates.entries()) await bots[index % count]?.take(update);
  };
  const pressed = async ({ answer }: { readonly answer: Promise<{ readonly text?: string }> }) => {
    await handle();
    return (await answer).text;
  };
  const overviews = () => valueOf(likeness.avatars.list({ actor }));

  return {
    ...fakes,
    ada,
    fake,
    avatars,
    api,
    likeness,
    purchases,
    handle,
    overviews,
    handleAtOnce: async (update, times = 1) => {
      handled = fake.control.updates.length;
      await Promise.all(bots.flatMap(({ bot }) => Array.from({ length: times }, () => bot.handleUpdate(update))));
    },
    skipUpdates: () => {
      handled = fake.control.updates.length;
    },
    newestUpdate: () => {
      const update = fake.control.updates.at(-1);
      if (!update) throw new Error("no person did anything yet");
      return update;
    },
    says: async (text) => {
      ada.says(text);
      await handle();
    },
    presses: (text) => pressed(ada.presses({ text })),
    forges: (data) => pressed(ada.forges(data)),
    pass: async (seconds) => {
      for (let passed = 0; passed < seconds; passed += 1) {
        await storage.queue.drained();
        await clock.advance(1);
      }
      await storage.queue.drained();
    },
    bot: (since = 0) =>
      ada
        .chat()
        .filter(({ from, id }) => from === "bot" && id > since)
        .map(({ text = "", buttons }) => ({
          text,
          ...(buttons.length > 0 && { buttons: buttons.map((row) => row.map((button) => button.text)) }),
        })),
    conversation: (topicId) => valueOf(findConversation(storage.store.sessions, { chatId: ada.id, topicId })),
    draft: async (name = "Ada") => {
      const { id } = await valueOf(likeness.avatars.create({ actor, kind: "portrait", gender: "female", name }));
      for (let photo = 0; photo < photoLimits.minimum; photo++)
        await valueOf(likeness.photos.add({ actor, avatarId: id, bytes: photoBytes() }));
      return id;
    },
    request: () => {
      const request = fakes.provider.requests.at(-1);
      if (!request) throw new Error("nothing was submitted yet");
      return request;
    },
  };
}

/** What the bot says last. */
export const newest = ({ bot }: BotStage): Bubble => {
  const bubble = bot().at(-1);
  expect(bubble, "the bot has said something").toBeDefined();
  return bubble ?? { text: "" };
};
