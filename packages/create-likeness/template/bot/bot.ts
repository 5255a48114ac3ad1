import { diskBlobs } from "@likeness/blobs/disk";
import { createLikeness, orThrow, type Log, type Policy } from "@likeness/core";
import { pollUpdates, telegramChannel, telegramUpdates } from "@likeness/grammy";
import { sharpInspector, sharpPictures } from "@likeness/sharp";
import { Bot } from "grammy";
import sharp from "sharp";
import { openDatabase } from "./database.ts";
import { rulesOf } from "./people.ts";
import { named } from "./problems.ts";
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
  await named("Telegram does not take TELEGRAM_BOT_TOKEN", () => bot.init());
  await bot.api.deleteWebhook();

  const place = { folder, log, ...settings };
  const { store, queue, close } = await openDatabase(place);
  const { recipes, ...provided } = openProvider(settings, providerUrl);
  const { guards, about } = rulesOf(settings);
  const telegram = telegramChannel(bot.api);
  const likeness = createLikeness({
    ...provided,
    ...telegram.ports,
    store,
    queue,
    log,
    guards,
    policy,
    blobs: diskBlobs(`${folder}/blobs`),
    inspector: sharpInspector(sharp),
    images: { recipes, inspector: sharpPictures(sharp), firstLook: true },
  });

  const avatars = telegram.chat(likeness, { about, hostCommands: ["help"] });
  bot.use(avatars);
  // Commands of your own go here.
  bot.command("help", (context) => context.reply("I make avatars of your photos: /start"));
  bot.use(avatars.fallback);

  // Each update is stored before Telegram forgets it.
  const updates = telegramUpdates({ ...likeness.ports, bot });
  await orThrow(likeness.start({ ...avatars.handlers, ...updates.handlers }));
  await avatars.commands().mapErr((problem) => log.warn({ problem }, "the menu of commands stays as it was"));
  const polling = pollUpdates(bot.api, { ...likeness.ports, receive: updates.receive });

  return async (): Promise<void> => {
    await polling.stop();
    await orThrow(likeness.stop({ graceMs: 10_000 }));
    await close();
  };
}
