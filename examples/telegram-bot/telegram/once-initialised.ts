import { addSeconds, type Clock, type JobHandlers } from "@likeness/core";
import type { Bot } from "grammy";
import { okAsync } from "neverthrow";

const pauseSeconds = 2;

/**
 * Handlers that wait, without counting attempts, until the bot is initialised, because it cannot handle updates before.
 */
export const onceInitialised = (bot: Pick<Bot, "isInited">, handlers: JobHandlers, clock: Clock): JobHandlers =>
  Object.fromEntries(
    Object.entries(handlers).map(([kind, handler]) => [
      kind,
      (job) => (bot.isInited() ? handler(job) : okAsync({ type: "again", at: addSeconds(clock.now(), pauseSeconds) })),
    ]),
  );
