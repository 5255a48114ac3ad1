import type { TelegramProblem } from "../telegram/telegram-problem.ts";

/** When nothing is said about it. */
const usualSeconds = 15;

/** Seconds until a call is worth another try. */
export const retryDelay = (problem: TelegramProblem): number =>
  problem.type === "rate-limited" ? problem.retryAfterSeconds : usualSeconds;
