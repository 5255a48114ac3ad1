import type { InlineKeyboard } from "grammy";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import { editCaption } from "../../telegram/messages.ts";
import type { Text } from "../../texts/text.ts";
import type { ChatPorts } from "../chat-ports.ts";
import type { ChatError, Press } from "../press.ts";
import { orNotSent, showMessage } from "../show-message.ts";

/** Edits the message whose button was pressed, text or media; sends a new message where it cannot be edited. */
export function redraw(
  ports: Pick<ChatPorts, "api" | "store">,
  { person, messageId, onMedia }: Press,
  said: Text,
  keyboard?: InlineKeyboard,
): ResultAsync<void, ChatError> {
  const { api } = ports;
  if (!onMedia || messageId === undefined)
    return showMessage(ports, person, said, { keyboard, editing: messageId }).map(() => undefined);
  const send = () => showMessage(ports, person, said, { keyboard }).map(() => undefined);
  return editCaption(api, person.chatId, messageId, said, keyboard)
    .map((edit) => edit !== "gone")
    .orElse((problem) =>
      problem.type === "rate-limited" || problem.type === "refused" ? okAsync(false) : errAsync(problem),
    )
    .mapErr(orNotSent({ said, keyboard }))
    .andThen((shown) => (shown ? okAsync(undefined) : send()));
}
