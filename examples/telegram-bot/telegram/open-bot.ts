import { autoRetry } from "@grammyjs/auto-retry";
import { Bot } from "grammy";
import type { Settings } from "../settings/settings.ts";

/**
 * The bot, without handlers. It waits once for a short flood wait; jobs retry after longer ones, and after failures in
 * which a message may have been delivered.
 */
export function openBot({ token, apiRoot }: Settings["telegram"]): Bot {
  const bot = new Bot(token, { client: { apiRoot, timeoutSeconds: 60 } });
  bot.api.config.use(
    autoRetry({ maxRetryAttempts: 1, maxDelaySeconds: 2, rethrowHttpErrors: true, rethrowInternalServerErrors: true }),
  );
  return bot;
}
