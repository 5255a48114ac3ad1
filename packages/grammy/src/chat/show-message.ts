import type { StorageFailure } from "@likeness/core";
import type { InlineKeyboard } from "grammy";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import type { Conversation, Step } from "../conversation/conversation.ts";
import { changeConversation } from "../conversation/conversations.ts";
import type { Place } from "../conversation/place.ts";
import { editText, sendText, type MessageOptions } from "../telegram/messages.ts";
import type { TelegramProblem } from "../telegram/telegram-problem.ts";
import type { Text } from "../texts/text.ts";
import type { ChatPorts } from "./chat-ports.ts";

export interface ShowOptions extends Pick<MessageOptions, "silent" | "replyTo"> {
  readonly keyboard?: InlineKeyboard;
  /** The message of ours that becomes this one. Another one is sent when it is gone, no text, or must not be edited now. */
  readonly editing?: number;
}

/** Something to say, with all that belongs to it. */
export interface Message extends ShowOptions {
  readonly said: Text;
}

/** Telegram did not take a message, and will later. */
export interface MessageNotSent {
  readonly type: "message-not-sent";
  readonly problem: PassingProblem;
  readonly message: Message;
  /** The step whose question it is. */
  readonly asks?: Step;
}

type PassingProblem = Extract<TelegramProblem, { readonly type: "rate-limited" | "telegram-failure" }>;

/** Keeps what was to be said beside a problem that passes, so that it can be said later. */
export const orNotSent =
  (message: Message, asks?: Step) =>
  (problem: TelegramProblem): TelegramProblem | MessageNotSent =>
    problem.type === "rate-limited" || problem.type === "telegram-failure"
      ? { type: "message-not-sent", problem, message, ...(asks && { asks }) }
      : problem;

/** Shows a text, in the place of an older message where possible, and gives the id of the message that shows it. */
export const showMessage = (
  ports: Pick<ChatPorts, "api" | "store">,
  person: Place,
  said: Text,
  options: ShowOptions = {},
): ResultAsync<number, StorageFailure | TelegramProblem | MessageNotSent> =>
  putMessage(ports, person, said, options)
    .mapErr(orNotSent({ said, ...options }))
    .andThen((messageId) => noteSaid(ports, person, messageId));

/** The same for somebody who sees to it that it is said later: tells the problem alone. */
export function putMessage(
  { api }: Pick<ChatPorts, "api">,
  place: Place,
  said: Text,
  { keyboard, editing, silent, replyTo }: ShowOptions = {},
): ResultAsync<number, TelegramProblem> {
  const send = () => sendText(api, place, said, { keyboard, silent, replyTo });
  if (editing === undefined) return send();
  return editText(api, place.chatId, editing, said, keyboard)
    .map((edit) => edit !== "gone")
    .orElse((problem) =>
      problem.type === "rate-limited" || problem.type === "refused" ? okAsync(false) : errAsync(problem),
    )
    .andThen((shown) => (shown ? okAsync(editing) : send()));
}

/** Remembers the newest message, for a question must not be put above it. */
export const noteSaid = (
  { store }: Pick<ChatPorts, "store">,
  place: Place,
  messageId: number,
): ResultAsync<number, StorageFailure> =>
  changeConversation(store.sessions, place, (conversation) =>
    hasNewerBelow(conversation, messageId) || conversation.saidId === messageId
      ? conversation
      : { ...conversation, saidId: messageId },
  ).map(() => messageId);

/** Whether something was said below a message. */
export const hasNewerBelow = ({ saidId }: Pick<Conversation, "saidId">, messageId: number): boolean =>
  saidId !== undefined && messageId < saidId;
