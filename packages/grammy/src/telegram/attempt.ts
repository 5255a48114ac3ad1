import { ResultAsync } from "neverthrow";
import { classifyProblem } from "./classify-problem.ts";
import type { TelegramProblem } from "./telegram-problem.ts";

/** Calls the Bot API and turns what grammY throws, synchronously or not, into an `Err`. */
export const attempt = <T>(call: () => Promise<T>): ResultAsync<T, TelegramProblem> =>
  ResultAsync.fromPromise((async () => call())(), classifyProblem);
