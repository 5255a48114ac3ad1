import type { InlineKeyboard } from "grammy";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import { editCaption, sendText } from "../../telegram/messages.ts";
import type { TelegramProblem } from "../../telegram/telegram-problem.ts";
import type { Text } from "../../texts/text.ts";
import type { ChatPorts } from "../chat-ports.ts";
import type { Press } from "../press.ts";
import { showMessage } from "../show-message.ts";

/** Shows something in the message whose button was pressed, text or photo; as a new message when that cannot be. */
export function redraw(
  ports: Pick<ChatPorts, "api">,
  { person, messageId, onPhoto }: Press,
  said: Text,
  keyboard?: InlineKeyboard,
): ResultAsync<void, TelegramProblem> {
  const { api } = ports;
  if (!onPhoto || messageId === undefined)
    return showMessage(ports, person, said, { keyboard, editing: messageId }).map(() => undefined);
  const send = () => sendText(api, person.chatId, said, { keyboard }).map(() => undefined);
  return editCaption(api, person.chatId, messageId, said, keyboard)
    .andThen((edit) => (edit === "gone" ? send() : okAsync(undefined)))
    .orElse((problem) => (problem.type === "rate-limited" || problem.type === "refused" ? send() : errAsync(problem)));
}
