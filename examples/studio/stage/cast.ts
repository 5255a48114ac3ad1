import type { RunningBot } from "../bot/run-bot.ts";
import type { OpenBotOptions } from "./open-bot.ts";

/** The bots of a stage, and what they stand on. */
export interface Cast {
  readonly bots: readonly RunningBot[];
  /** Resolves when all of them are ready. */
  readonly ready: Promise<unknown>;
  /** Where fal and Telegram reach them. */
  readonly port: number;
  /** The database server, if there is one. Resolves when it is back. */
  readonly database?: { restart(): Promise<void> };
}

export interface CastOptions extends Pick<
  OpenBotOptions,
  "identity" | "data" | "telegramUrl" | "falUrl" | "happenings"
> {
  /** Opened last, closed first. */
  onClose(close: () => Promise<unknown>): void;
}
