import { addSeconds, type JobOutcome, type StorageFailure } from "@likeness/core";
import { okAsync, type ResultAsync } from "neverthrow";
import type { TelegramProblem } from "../../telegram/telegram-problem.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { retryDelay } from "../retry-delay.ts";
import { forgetFollowed, type FollowedKey, type FollowedMessage } from "./followed-message.ts";

/**
 * What becomes of the job when Telegram does not take the message. One that cannot be shown is no longer followed. That
 * of an unreachable person is kept, so that it can be brought to its end once the person is back.
 */
export function waitOrForget(
  { store, clock, log }: Pick<ChatPorts, "store" | "clock" | "log">,
  key: FollowedKey,
  { chatId }: FollowedMessage,
  problem: TelegramProblem,
): ResultAsync<JobOutcome, StorageFailure> {
  if (problem.type === "rate-limited" || problem.type === "telegram-failure")
    return okAsync({ type: "again", at: addSeconds(clock.now(), retryDelay(problem)) });
  if (problem.type === "unreachable") return okAsync({ type: "done" });
  log.warn({ key, chatId, problem }, "a message about work under way cannot be shown");
  return forgetFollowed(store.sessions, key).map(() => ({ type: "done" }));
}
