import { okAsync, type ResultAsync } from "neverthrow";
import { editText, sendText } from "../../telegram/messages.ts";
import type { TelegramProblem } from "../../telegram/telegram-problem.ts";
import type { ChatPorts } from "../chat-ports.ts";
import type { Question } from "../question.ts";
import type { FollowedMessage } from "./followed-message.ts";

/** Edits the message, or sends another one silently if it is gone. Returns its id. */
export function putInPlace(
  { api }: Pick<ChatPorts, "api">,
  followed: FollowedMessage,
  { said, keyboard }: Question,
): ResultAsync<number, TelegramProblem> {
  const { chatId, messageId } = followed;
  const send = () => sendText(api, followed, said, { keyboard, silent: true });
  if (messageId === undefined) return send();
  return editText(api, chatId, messageId, said, keyboard).andThen((edit) =>
    edit === "gone" ? send() : okAsync(messageId),
  );
}
