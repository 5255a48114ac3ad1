import type { RunningBot } from "../bot/run-bot.ts";
import type { OpenBotOptions } from "./open-bot.ts";

/** The bots of a stage, and their database server. */
export interface StageBots {
  readonly bots: readonly RunningBot[];
  /** Resolves when all of them are ready. */
  readonly ready: Promise<unknown>;
  /** The port at which fal and Telegram reach them. */
  readonly port: number;
  /** The database server, if there is one. Resolves when it is back. */
  readonly database?: { restart(): Promise<void> };
}

export interface StageOptions extends Pick<
  OpenBotOptions,
  "identity" | "data" | "sells" | "telegramUrl" | "falUrl" | "activities"
> {
  /** Opened last, closed first. */
  onClose(close: () => Promise<unknown>): void;
}
