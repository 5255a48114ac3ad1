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
  /** Our message to edit. A new one is sent when it is gone, is not a text, or must not be edited now. */
  readonly editing?: number;
}

/** A message to send, with its place and buttons. */
export interface Message extends ShowOptions {
  readonly said: Text;
}

/** Telegram does not accept a message now, but will later. */
export interface MessageNotSent {
  readonly type: "message-not-sent";
  readonly problem: PassingProblem;
  readonly message: Message;
  /** The step of the wizard whose question it is. */
  readonly asks?: Step;
}

type PassingProblem = Extract<TelegramProblem, { readonly type: "rate-limited" | "telegram-failure" }>;

/** Adds the message to a temporary problem, so that it can be sent later. */
export const orNotSent =
  (message: Message, asks?: Step) =>
  (problem: TelegramProblem): TelegramProblem | MessageNotSent =>
    problem.type === "rate-limited" || problem.type === "telegram-failure"
      ? { type: "message-not-sent", problem, message, ...(asks && { asks }) }
      : problem;

/** Shows a text, by editing an older message where possible, and returns the id of the message. */
export const showMessage = (
  ports: Pick<ChatPorts, "api" | "store">,
  person: Place,
  said: Text,
  options: ShowOptions = {},
): ResultAsync<number, StorageFailure | TelegramProblem | MessageNotSent> =>
  putMessage(ports, person, said, options)
    .mapErr(orNotSent({ said, ...options }))
    .andThen((messageId) => noteSaid(ports, person, messageId));

/** The same for a caller that retries by itself: returns only the problem. */
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

/** Stores the newest message's id, because a question must not be edited into a message above it. */
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

/** Whether there is a newer message of the bot below a message. */
export const hasNewerBelow = ({ saidId }: Pick<Conversation, "saidId">, messageId: number): boolean =>
  saidId !== undefined && messageId < saidId;
