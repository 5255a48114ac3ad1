import { autoRetry } from "@grammyjs/auto-retry";
import { Bot } from "grammy";
import type { Settings } from "../settings/settings.ts";

/**
 * The bot, without any handlers. A short flood wait is waited out once; everything longer, and every failure after which
 * a message may have arrived, is left to jobs.
 */
export function openBot({ token, apiRoot }: Settings["telegram"]): Bot {
  const bot = new Bot(token, { client: { apiRoot, timeoutSeconds: 60 } });
  bot.api.config.use(
    autoRetry({ maxRetryAttempts: 1, maxDelaySeconds: 2, rethrowHttpErrors: true, rethrowInternalServerErrors: true }),
  );
  return bot;
}
