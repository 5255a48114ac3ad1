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
  /** Message of the person that this one answers; if it is gone, the answer is sent all the same. */
  readonly replyTo?: number;
  /** Without sound. */
  readonly silent?: boolean;
}

/** Sends a text and gives the id of its message. */
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
  );
};

/** Sends a JPEG with a caption of at most 1024 characters and gives the id of its message. */
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
  );
};

/** What names the topic that a message is sent to. */
interface Thread {
  readonly message_thread_id?: number;
}

/** Sends a message to its topic; where there is no such topic any more, to the chat: it is better seen there than lost. */
const sentTo = (
  { topicId }: Place,
  send: (thread: Thread) => Promise<{ readonly message_id: number }>,
): ResultAsync<number, TelegramProblem> => {
  const toChat = () => attempt(() => send({}));
  const sent =
    topicId === undefined
      ? toChat()
      : attempt(() => send({ message_thread_id: topicId })).orElse((problem) =>
          problem.type === "refused" && noTopic.test(problem.detail) ? toChat() : errAsync(problem),
        );
  return sent.map(({ message_id }) => message_id);
};

/** https://github.com/tdlib/telegram-bot-api (Client.cpp) */
const noTopic = /message thread not found|TOPIC_(?:DELETED|CLOSED|ID_INVALID)/i;

/** `gone`: there is no such message any more, or it cannot be edited. */
export type Edit = "edited" | "unchanged" | "gone";

/** Puts another text, and these buttons or none, into a message of ours. Showing the same once more is fine. */
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

/** Takes the buttons off a message of ours, whatever it shows. */
export const removeButtons = (api: Api, chatId: number, messageId: number): ResultAsync<Edit, TelegramProblem> =>
  edited(() => api.editMessageReplyMarkup(chatId, messageId));

/** Deletes a message of ours; one that is gone, or too old to be deleted, is fine. */
export const deleteMessage = (api: Api, chatId: number, messageId: number): ResultAsync<void, TelegramProblem> =>
  attempt(() => api.deleteMessage(chatId, messageId))
    .map(() => undefined)
    .orElse((problem) => (problem.type === "refused" ? okAsync(undefined) : errAsync(problem)));

/** Ends the busy state of a pressed button, with a toast if there is something to say. A press too old is fine. */
export const answerPress = (api: Api, queryId: string, toast?: string): ResultAsync<void, TelegramProblem> =>
  attempt(() => api.answerCallbackQuery(queryId, toast === undefined ? {} : { text: toast }))
    .map(() => undefined)
    .orElse((problem) => (problem.type === "refused" ? okAsync(undefined) : errAsync(problem)));

/** What Telegram says of a message that was deleted, in several ways: https://github.com/TelegramBotAPI/errors/issues/2 */
const gone = /message to edit not found|message can't be edited|MESSAGE_ID_INVALID/i;

const edited = (call: () => Promise<unknown>): ResultAsync<Edit, TelegramProblem> =>
  attempt(call)
    .map((): Edit => "edited")
    .orElse((problem) => {
      if (problem.type !== "refused") return errAsync(problem);
      if (/message is not modified/i.test(problem.detail)) return okAsync<Edit>("unchanged");
      if (gone.test(problem.detail)) return okAsync<Edit>("gone");
      return errAsync(problem);
    });

const plain = (said: Text): { readonly text: string; readonly entities: MessageEntity[] } =>
  typeof said === "string" ? { text: said, entities: [] } : { text: said.text, entities: [...said.entities] };
