import { ResultAsync } from "neverthrow";
import { classifyProblem } from "./classify-problem.ts";
import type { TelegramProblem } from "./telegram-problem.ts";

/** Runs a call of the Bot API and turns what grammY throws into a value. A throw before the promise counts as well. */
export const attempt = <T>(call: () => Promise<T>): ResultAsync<T, TelegramProblem> =>
  ResultAsync.fromPromise((async () => call())(), classifyProblem);
