import type { Clock, Log } from "@likeness/core";
import type { Api } from "grammy";
import type { Update } from "grammy/types";
import { attempt, grammySignal } from "../telegram/attempt.ts";
import type { TelegramProblem } from "../telegram/telegram-problem.ts";
import { pause } from "./pause.ts";
import { allowedUpdates, type ReceiveUpdate } from "./receive-update.ts";

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
 * After an error of Telegram or the store it waits and polls again; Telegram repeats unconfirmed updates.
 */
export function pollUpdates(api: Api, { receive, clock, log }: PollUpdatesOptions): Polling {
  const stopping = new AbortController();
  const { signal } = stopping;
  // A token is `<the bot's id>:<its secret>`.
  const botId = Number.parseInt(api.token, 10);

  const run = async (): Promise<void> => {
    let offset = 0;
    let failures = 0;
    while (!signal.aborted) {
      const updates = await attempt(() =>
        api.getUpdates(
          { offset, limit: 100, timeout: timeoutSeconds, allowed_updates: allowedUpdates },
          grammySignal(signal),
        ),
      );
      if (updates.isErr()) {
        if (signal.aborted) return;
        failures += 1;
        log.warn({ botId, offset, problem: updates.error }, "updates could not be fetched");
        await pause(clock, pauseSeconds(updates.error, failures), signal);
        continue;
      }
      failures = 0;
      for (const update of updates.value) {
        if (!(await stored(update))) return;
        offset = update.update_id + 1;
      }
    }
  };

  /** Retries until it is stored; false when polling stops before. */
  const stored = async (update: Update): Promise<boolean> => {
    const { update_id: updateId } = update;
    for (let failures = 1; ; failures += 1) {
      const received = await receive(update);
      if (received.isOk()) return true;
      if (received.error.type === "update-malformed") {
        log.error({ botId, updateId }, "Telegram sent something that is no update");
        return true;
      }
      log.warn({ updateId, error: received.error.type }, "an update could not be stored yet");
      await pause(clock, Math.min(failures, longestPauseSeconds), signal);
      if (signal.aborted) return false;
    }
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
