import type { Api, InlineKeyboard } from "grammy";
import { InputFile } from "grammy";
import type { MessageEntity } from "grammy/types";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import type { Place } from "../conversation/place.ts";
import type { Text } from "../texts/text.ts";
import { attempt } from "./attempt.ts";
import type { TelegramProblem } from "./telegram-problem.ts";

export interface MessageOptions {
  readonly keyboard?: InlineKeyboard;
  /** The person's message to reply to; if it is gone, the message is sent without a reply. */
  readonly replyTo?: number;
  /** Without sound. */
  readonly silent?: boolean;
}

/** Sends a text and returns the id of its message. */
export const sendText = (
  api: Api,
  place: Place,
  said: Text,
  { keyboard, replyTo, silent }: MessageOptions = {},
): ResultAsync<number, TelegramProblem> => {
  const { text, entities } = plain(said);
  return sentTo(place, (thread) =>
    api.sendMessage(place.chatId, text, {
      ...thread,
      entities,
      link_preview_options: { is_disabled: true },
      ...(keyboard && { reply_markup: keyboard }),
      ...(replyTo !== undefined && { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } }),
      ...(silent && { disable_notification: true }),
    }),
  ).map(({ message_id }) => message_id);
};

/** Sends a JPEG with a caption of at most 1024 characters and returns the id of its message. */
export const sendPhoto = (
  api: Api,
  place: Place,
  jpeg: Uint8Array,
  said: Text,
  { keyboard }: Pick<MessageOptions, "keyboard"> = {},
): ResultAsync<number, TelegramProblem> => {
  const { text, entities } = plain(said);
  return sentTo(place, (thread) =>
    api.sendPhoto(place.chatId, new InputFile(jpeg, "photo.jpg"), {
      ...thread,
      caption: text,
      caption_entities: entities,
      ...(keyboard && { reply_markup: keyboard }),
    }),
  ).map(({ message_id }) => message_id);
};

/** The parameter for the topic of a message. */
export interface Thread {
  readonly message_thread_id?: number;
}

/** Sends a message to its topic, or to the chat if the topic is gone, so that it is not lost. */
export const sentTo = <Sent>(
  { topicId }: Place,
  send: (thread: Thread) => Promise<Sent>,
): ResultAsync<Sent, TelegramProblem> => {
  const toChat = () => attempt(() => send({}));
  if (topicId === undefined) return toChat();
  return attempt(() => send({ message_thread_id: topicId })).orElse((problem) =>
    problem.type === "refused" && noTopic.test(problem.detail) ? toChat() : errAsync(problem),
  );
};

/** https://github.com/tdlib/telegram-bot-api (Client.cpp) */
const noTopic = /message thread not found|TOPIC_(?:DELETED|CLOSED|ID_INVALID)/i;

/** `gone`: the message no longer exists, or cannot be edited. */
export type Edit = "edited" | "unchanged" | "gone";

/** Replaces the text and buttons of our message. Succeeds if it shows the same already. */
export const editText = (
  api: Api,
  chatId: number,
  messageId: number,
  said: Text,
  keyboard?: InlineKeyboard,
): ResultAsync<Edit, TelegramProblem> => {
  const { text, entities } = plain(said);
  return edited(() =>
    api.editMessageText(chatId, messageId, text, {
      entities,
      link_preview_options: { is_disabled: true },
      ...(keyboard && { reply_markup: keyboard }),
    }),
  );
};

/** The same for the caption of a photo. */
export const editCaption = (
  api: Api,
  chatId: number,
  messageId: number,
  said: Text,
  keyboard?: InlineKeyboard,
): ResultAsync<Edit, TelegramProblem> => {
  const { text, entities } = plain(said);
  return edited(() =>
    api.editMessageCaption(chatId, messageId, {
      caption: text,
      caption_entities: entities,
      ...(keyboard && { reply_markup: keyboard }),
    }),
  );
};

/** Replaces the buttons of our message. */
export const editKeyboard = (
  api: Api,
  chatId: number,
  messageId: number,
  keyboard: InlineKeyboard,
): ResultAsync<Edit, TelegramProblem> =>
  edited(() => api.editMessageReplyMarkup(chatId, messageId, { reply_markup: keyboard }));

/** Removes the buttons of our message. */
export const removeButtons = (api: Api, chatId: number, messageId: number): ResultAsync<Edit, TelegramProblem> =>
  edited(() => api.editMessageReplyMarkup(chatId, messageId));

/** Deletes our message. Succeeds if it is gone, or too old to be deleted. */
export const deleteMessage = (api: Api, chatId: number, messageId: number): ResultAsync<void, TelegramProblem> =>
  attempt(() => api.deleteMessage(chatId, messageId))
    .map(() => undefined)
    .orElse((problem) => (problem.type === "refused" ? okAsync(undefined) : errAsync(problem)));

/** Ends the busy state of a pressed button, with an optional toast. Succeeds if the press is too old. */
export const answerPress = (api: Api, queryId: string, toast?: string): ResultAsync<void, TelegramProblem> =>
  attempt(() => api.answerCallbackQuery(queryId, toast === undefined ? {} : { text: toast }))
    .map(() => undefined)
    .orElse((problem) => (problem.type === "refused" ? okAsync(undefined) : errAsync(problem)));

/** Telegram's different errors for a deleted message: https://github.com/TelegramBotAPI/errors/issues/2 */
export const gone = /message to edit not found|message can't be edited|MESSAGE_ID_INVALID/i;

export const unchanged = /message is not modified/i;

const edited = (call: () => Promise<unknown>): ResultAsync<Edit, TelegramProblem> =>
  attempt(call)
    .map((): Edit => "edited")
    .orElse((problem) => {
      if (problem.type !== "refused") return errAsync(problem);
      if (unchanged.test(problem.detail)) return okAsync<Edit>("unchanged");
      if (gone.test(problem.detail)) return okAsync<Edit>("gone");
      return errAsync(problem);
    });

/** A text as the fields of a call. */
export const plain = (said: Text): { readonly text: string; readonly entities: MessageEntity[] } =>
  typeof said === "string" ? { text: said, entities: [] } : { text: said.text, entities: [...said.entities] };
