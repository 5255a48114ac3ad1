import type { TelegramProblem } from "../telegram/telegram-problem.ts";

/** The default, when Telegram names no time. */
const usualSeconds = 15;

/** Seconds until a call may be repeated. */
export const retryDelay = (problem: TelegramProblem): number =>
  problem.type === "rate-limited" ? problem.retryAfterSeconds : usualSeconds;
