import type { SessionRepository, StorageFailure, Training } from "@likeness/core";
import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { editText } from "../../telegram/messages.ts";
import type { TelegramProblem } from "../../telegram/telegram-problem.ts";
import type { Text } from "../../texts/text.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { changeFollowed, trainingKey, type FollowedMessage } from "../followed/followed-message.ts";
import type { AvatarTraining } from "./progress-card.ts";

/**
 * Stores the message that an order was not confirmed, because it has to be edited when the order's outcome is known.
 */
export const noteNotice = (
  sessions: SessionRepository,
  trainingId: string,
  messageId: number,
): ResultAsync<void, StorageFailure> =>
  changeFollowed(sessions, trainingKey(trainingId), (card) => ({ ...card, notice: messageId }));

/** Edits the message that an order was not confirmed, as soon as the order's outcome is known. */
export const closeNotice = (
  { api, store, say }: Pick<ChatPorts, "api" | "store" | "say">,
  { locale }: Pick<Person, "locale">,
  { chatId, notice }: FollowedMessage,
  { avatar: { name }, training }: AvatarTraining,
): ResultAsync<void, StorageFailure | TelegramProblem> =>
  safeTry(async function* () {
    if (notice === undefined || training.state.status === "unknown") return okAsync(undefined);
    const said: Text = wasFound(training)
      ? say(locale, "confirmed", { name })
      : say(locale, "progress.ended", { name, outcome: "failed" });
    yield* editText(api, chatId, notice, said);
    yield* changeFollowed(store.sessions, trainingKey(training.id), ({ notice: _closed, ...rest }) => rest);
    return ok(undefined);
  });

const wasFound = ({ state }: Training): boolean => state.status !== "failed" || state.reason !== "submit_unknown";
