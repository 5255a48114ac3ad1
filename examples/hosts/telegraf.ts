import { createLikeness, orThrow, type Likeness, type LikenessPorts } from "@likeness/core";
import { telegramChannel } from "@likeness/grammy";
import { Bot } from "grammy";
import type { Update } from "grammy/types";
import type { Telegraf } from "telegraf";

/**
 * Adds the chat to a Telegraf bot of the host's, before its own handlers. Telegraf goes on receiving the updates; grammY's
 * bot only runs the chat, and is never started.
 */
export async function withAvatars(
  telegraf: Telegraf,
  ports: Omit<LikenessPorts, "notifier" | "photoSource">,
): Promise<Likeness> {
  const { token, options } = telegraf.telegram;
  const bot = new Bot(token, { client: { apiRoot: options.apiRoot } });
  const telegram = telegramChannel(bot.api);
  const likeness = createLikeness({ ...ports, ...telegram.ports });
  const avatars = telegram.chat(likeness, { hostCommands: ["help"] });

  const passedOn = new WeakSet<object>();
  bot.use(avatars, ({ update }) => void passedOn.add(update));
  await bot.init();
  telegraf.use(async ({ update }, next) => {
    // Both name the same objects of Telegram's, in types of their own.
    await bot.handleUpdate(update as Update);
    if (passedOn.has(update)) await next();
  });
  await orThrow(likeness.start(avatars.handlers));
  return likeness;
}
