import type { Clock, Log } from "@likeness/core";
import { allowedUpdates } from "@likeness/grammy";
import { GrammyError, type Bot } from "grammy";
import { ResultAsync } from "neverthrow";
import { reasonOf } from "../leave.ts";
import type { UpdateMode } from "../settings/settings.ts";

export interface JoinOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Aborted when the process stops, which ends the waiting. */
  readonly ending: AbortSignal;
}

const longestPauseSeconds = 60;

/** Telegram's error codes for an unknown bot. */
const noSuchBot: readonly number[] = [401, 404];

/**
 * Reads the bot's identity and sets how Telegram delivers its updates; pending updates are kept. Retries until Telegram
 * answers; false when the process stops before. Throws if Telegram does not know the bot, because retrying would not
 * help.
 */
export async function joinTelegram(bot: Bot, mode: UpdateMode, { clock, log, ending }: JoinOptions): Promise<boolean> {
  for (let failures = 1; !ending.aborted; failures += 1) {
    const joined = await ResultAsync.fromPromise(join(bot, mode), (error) => error);
    if (joined.isOk()) {
      log.info({ botId: bot.botInfo.id, mode: mode.type }, "Telegram knows the bot");
      return true;
    }
    const { error } = joined;
    if (error instanceof GrammyError && noSuchBot.includes(error.error_code))
      throw new Error(`TELEGRAM_BOT_TOKEN is not known to Telegram: ${reasonOf(error)}`, { cause: error });
    const asked = error instanceof GrammyError ? error.parameters.retry_after : undefined;
    const seconds = asked ?? Math.min(2 ** (failures - 1), longestPauseSeconds);
    // Not logged as a warning: replicas that start together get flood waits.
    if (asked) log.info({ error: reasonOf(error), seconds }, "Telegram asks to wait");
    else log.warn({ error: reasonOf(error), seconds }, "Telegram does not answer yet; trying again");
    await pause(clock, seconds, ending);
  }
  return false;
}

async function join(bot: Bot, mode: UpdateMode): Promise<void> {
  bot.botInfo = await bot.api.getMe();
  if (mode.type === "polling") await bot.api.deleteWebhook();
  else await bot.api.setWebhook(mode.url, { secret_token: mode.secretToken, allowed_updates: allowedUpdates });
}

/** Waits, or returns early when the process stops. */
const pause = (clock: Clock, seconds: number, ending: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const callOff = clock.after(seconds * 1_000, resolve);
    const end = (): void => {
      callOff();
      resolve();
    };
    if (ending.aborted) end();
    else ending.addEventListener("abort", end, { once: true });
  });
