import type { InlineKeyboard } from "grammy";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import { editText, sendText, type MessageOptions } from "../telegram/messages.ts";
import type { TelegramProblem } from "../telegram/telegram-problem.ts";
import type { Text } from "../texts/text.ts";
import type { ChatPorts, Person } from "./chat-ports.ts";

export interface ShowOptions extends Pick<MessageOptions, "silent"> {
  readonly keyboard?: InlineKeyboard;
  /** The message of ours that becomes this one. Another one is sent when it is gone, no text, or must not be edited now. */
  readonly editing?: number;
}

/** Shows a text, in the place of an older message where possible, and gives the id of the message that shows it. */
export function showMessage(
  { api }: Pick<ChatPorts, "api">,
  { chatId }: Pick<Person, "chatId">,
  said: Text,
  { keyboard, editing, silent }: ShowOptions = {},
): ResultAsync<number, TelegramProblem> {
  const send = () => sendText(api, chatId, said, { keyboard, silent });
  if (editing === undefined) return send();
  return editText(api, chatId, editing, said, keyboard)
    .map((edit) => edit !== "gone")
    .orElse((problem) =>
      problem.type === "rate-limited" || problem.type === "refused" ? okAsync(false) : errAsync(problem),
    )
    .andThen((shown) => (shown ? okAsync(editing) : send()));
}
