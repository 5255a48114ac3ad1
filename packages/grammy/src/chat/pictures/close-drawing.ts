import type { SessionRepository, StorageFailure } from "@likeness/core";
import type { Api } from "grammy";
import { okAsync, safeTry, type ResultAsync } from "neverthrow";
import { deleteMessage } from "../../telegram/messages.ts";
import type { TelegramProblem } from "../../telegram/telegram-problem.ts";
import { drawingKey, findFollowed, forgetFollowed } from "../followed/followed-message.ts";

/** Takes away the message about a set whose pictures were sent, before the job that follows the set does. */
export const closeDrawing = (
  { api, sessions }: { readonly api: Api; readonly sessions: SessionRepository },
  setId: string,
): ResultAsync<void, StorageFailure | TelegramProblem> =>
  safeTry(async function* () {
    const { followed: line } = yield* findFollowed(sessions, drawingKey(setId));
    if (line?.messageId !== undefined) yield* deleteMessage(api, line.chatId, line.messageId);
    return line ? forgetFollowed(sessions, drawingKey(setId)) : okAsync(undefined);
  });
