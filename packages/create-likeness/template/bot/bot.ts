import { diskBlobs } from "@likeness/blobs/disk";
import { createLikeness, orThrow, systemClock as clock, uuidV7, type Log, type Policy } from "@likeness/core";
import { avatarChat, pollUpdates, telegramNotifier, telegramPhotos, telegramUpdates } from "@likeness/grammy";
import { sharpInspector, sharpPictures } from "@likeness/sharp";
import { Bot } from "grammy";
import sharp from "sharp";
import { openDatabase } from "./database.ts";
import { rulesOf } from "./people.ts";
import { openProvider } from "./provider.ts";
import type { Settings } from "./settings.ts";

/** Where the bot runs. A rehearsal has fakes at these addresses. */
export interface Surroundings {
  /** Photos, models and pictures are kept in this folder. */
  readonly folder: string;
  readonly log: Log;
  readonly telegramUrl?: string;
  readonly providerUrl?: string;
  readonly policy?: Partial<Policy>;
}

/** Starts the bot, and returns the function that stops it. */
export async function startBot(settings: Settings, { folder, log, telegramUrl, providerUrl, policy }: Surroundings) {
  const bot = new Bot(settings.TELEGRAM_BOT_TOKEN, { client: { ...(telegramUrl && { apiRoot: telegramUrl }) } });
  await bot.init();
  await bot.api.deleteWebhook();

  const { store, queue, close } = await openDatabase({ folder, log, ...settings });
  const { recipes, ...provided } = openProvider(settings, providerUrl);
  const { guards, about } = rulesOf(settings);
  const blobs = diskBlobs(`${folder}/blobs`);
  const ports = { ...provided, store, blobs, clock, ids: uuidV7(clock), log };
  const pictures = { store, blobs };
  const likeness = createLikeness({
    ...ports,
    queue,
    guards,
    policy,
    inspector: sharpInspector(sharp),
    images: { recipes, inspector: sharpPictures(sharp), firstLook: true },
    notifier: telegramNotifier(bot.api, { sessions: store.sessions, owners: store.owners, clock, log, pictures }),
    photoSource: telegramPhotos(bot.api),
  });

  const avatars = avatarChat({ ...ports, likeness, api: bot.api, about, hostCommands: ["help"] });
  bot.use(avatars);
  // Commands of your own go here.
  bot.command("help", (context) => context.reply("I make avatars of your photos: /start"));
  bot.use(avatars.fallback);

  const updates = telegramUpdates({ ...ports, bot });
  await orThrow(likeness.start({ ...avatars.handlers, ...updates.handlers }));
  await orThrow(avatars.commands());
  const polling = pollUpdates(bot.api, { receive: updates.receive, clock, log });

  return async (): Promise<void> => {
    await polling.stop();
    await orThrow(likeness.stop({ graceMs: 10_000 }));
    await close();
  };
}
