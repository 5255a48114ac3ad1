import type { SessionRepository, StorageFailure } from "@likeness/core";
import type { Api } from "grammy";
import { errAsync, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { editText, removeButtons } from "../../telegram/messages.ts";
import type { TelegramProblem } from "../../telegram/telegram-problem.ts";
import type { Text } from "../../texts/text.ts";
import { digestOf } from "../digest.ts";
import {
  changeFollowed,
  findFollowed,
  saveFollowed,
  trainingKey,
  uncertain,
  type FollowedMessage,
} from "../followed/followed-message.ts";

interface ClosePorts {
  readonly api: Api;
  readonly sessions: SessionRepository;
}

/**
 * Shows the end of a training in its progress message, for a caller that knows it before the job that follows the
 * training. If an edit of that job is under way, the job shows the end again; it also retries what Telegram does not
 * accept now.
 */
export const closeCard = (
  { api, sessions }: ClosePorts,
  trainingId: string,
  said: Text,
): ResultAsync<void, StorageFailure> =>
  safeTry(async function* () {
    const { followed: card, version } = yield* findFollowed(sessions, trainingKey(trainingId));
    if (card?.messageId === undefined) return ok(undefined);
    const shown = digestOf({ said });
    if (card.shown !== shown) {
      const begun =
        card.shown === undefined
          ? undefined
          : await saveFollowed(sessions, trainingKey(trainingId), uncertain(card), version);
      const edit = await editText(api, card.chatId, card.messageId, said);
      if (begun?.isOk() && edit.isOk() && edit.value !== "gone")
        await saveFollowed(sessions, trainingKey(trainingId), { ...card, shown }, begun.value);
    }
    await closeQuestions(api, card);
    return ok(undefined);
  });

/** Removes the buttons of the messages that ask whether to cancel a training that has ended. */
export const closeQuestions = (api: Api, { chatId, asked = [] }: FollowedMessage): ResultAsync<void, TelegramProblem> =>
  safeTry(async function* () {
    for (const messageId of asked)
      yield* removeButtons(api, chatId, messageId).orElse((problem) =>
        problem.type === "refused" ? okAsync("gone" as const) : errAsync(problem),
      );
    return ok(undefined);
  });

/** Stores that a message asks whether to cancel a training, or that this question was answered. */
export const noteQuestion = (
  { sessions }: Pick<ClosePorts, "sessions">,
  trainingId: string,
  messageId: number,
  state: "asked" | "answered",
): ResultAsync<void, StorageFailure> =>
  changeFollowed(sessions, trainingKey(trainingId), (card) => {
    const others = (card.asked ?? []).filter((id) => id !== messageId);
    return { ...card, asked: state === "asked" ? [...others, messageId].slice(-remembered) : others };
  });

const remembered = 10;
