import type { Clock, Log } from "@likeness/core";
import type { Api } from "grammy";
import type { Update } from "grammy/types";
import { attempt, grammySignal } from "../telegram/attempt.ts";
import type { TelegramProblem } from "../telegram/telegram-problem.ts";
import { pause } from "./pause.ts";
import { allowedUpdates, type ReceiveUpdate } from "./receive-update.ts";
import { takeUrgent } from "./take-urgent.ts";

export interface PollUpdatesOptions {
  readonly receive: ReceiveUpdate;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Polling {
  /** Stops polling, and waits until the current update is stored. */
  stop(): Promise<void>;
}

/** https://core.telegram.org/bots/api#getupdates; the server allows up to 50 seconds. */
const timeoutSeconds = 30;
const longestPauseSeconds = 30;

/**
 * Long polling that confirms an update to Telegram only after it is stored. There must be no webhook (`deleteWebhook`).
 * After an error of Telegram or the store it waits and polls again; Telegram repeats unconfirmed updates. Updates that
 * have to be answered within seconds wait for no other update, even while none can be stored.
 */
export function pollUpdates(api: Api, { receive, clock, log }: PollUpdatesOptions): Polling {
  const stopping = new AbortController();
  const { signal } = stopping;
  const urgent = takeUrgent(receive, log);
  // A token is `<the bot's id>:<its secret>`.
  const botId = Number.parseInt(api.token, 10);

  const run = async (): Promise<void> => {
    let offset = 0;
    let failures = 0;
    let unstored = 0;
    while (!signal.aborted) {
      const updates = await attempt(() =>
        api.getUpdates(
          { offset, limit: 100, timeout: timeoutSeconds, allowed_updates: allowedUpdates },
          grammySignal(signal),
        ),
      );
      if (updates.isErr()) {
        if (signal.aborted) break;
        failures += 1;
        log.warn({ botId, offset, problem: updates.error }, "updates could not be fetched");
        await pause(clock, pauseSeconds(updates.error, failures), signal);
        continue;
      }
      failures = 0;
      urgent.take(updates.value);
      for (const update of updates.value) {
        const stored = urgent.has(update) || (await isStored(update, unstored + 1));
        unstored = stored ? 0 : unstored + 1;
        if (!stored) break;
        offset = update.update_id + 1;
      }
      urgent.forget(offset);
      // Fetched again, because those that must not wait come behind the one that could not be stored.
      if (unstored > 0) await pause(clock, 1, signal);
    }
    await urgent.ended();
  };

  /** False: it has to be tried again. */
  const isStored = async ({ update_id: updateId, ...rest }: Update, failures: number): Promise<boolean> => {
    const received = await receive({ update_id: updateId, ...rest });
    if (received.isOk()) return true;
    if (received.error.type === "update-malformed") {
      log.error({ botId, updateId }, "Telegram sent something that is no update");
      return true;
    }
    // After 1, 2, 4, 8… failures.
    if (Number.isInteger(Math.log2(failures)))
      log.warn({ updateId, error: received.error.type }, "an update could not be stored yet");
    return false;
  };

  const running = run();
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}

const pauseSeconds = (problem: TelegramProblem, failures: number): number =>
  problem.type === "rate-limited" ? problem.retryAfterSeconds : Math.min(2 ** (failures - 1), longestPauseSeconds);
