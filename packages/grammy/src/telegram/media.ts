import type { Api, InlineKeyboard } from "grammy";
import { InputFile } from "grammy";
import type { InputMediaDocument, InputMediaPhoto, Message } from "grammy/types";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import type { Place } from "../conversation/place.ts";
import type { Text } from "../texts/text.ts";
import { attempt } from "./attempt.ts";
import { gone, plain, sentTo, unchanged } from "./messages.ts";
import type { TelegramProblem } from "./telegram-problem.ts";

/** A photo, which Telegram encodes anew, or a document, whose bytes stay as they are. */
export type MediaKind = "photo" | "document";

/** What is sent: a file that Telegram has, by its `file_id`, or bytes with the name that the person sees. */
export interface Media {
  readonly kind: MediaKind;
  readonly file: string | { readonly bytes: Uint8Array; readonly name: string };
}

/** A media with its caption of at most 1024 characters. */
export interface Captioned {
  readonly media: Media;
  readonly said: Text;
}

export interface SentMedia {
  readonly messageId: number;
  /** By which Telegram shows it again; of a photo, its largest size. */
  readonly fileId?: string;
}

/** Sends a photo or a document, with buttons. */
export const sendMedia = (
  api: Api,
  place: Place,
  { media, said }: Captioned,
  keyboard?: InlineKeyboard,
): ResultAsync<SentMedia, TelegramProblem> => {
  const { text: caption, entities: caption_entities } = plain(said);
  const markup = keyboard && { reply_markup: keyboard };
  return sentTo(place, (thread): Promise<Message> => {
    const options = { ...thread, caption, caption_entities, ...markup };
    return media.kind === "photo"
      ? api.sendPhoto(place.chatId, fileOf(media), options)
      : api.sendDocument(place.chatId, fileOf(media), { ...options, disable_content_type_detection: true });
  }).map(sentMedia);
};

/** Sends 2 to 10 media of one kind as an album, which has no buttons. */
export const sendAlbum = (
  api: Api,
  place: Place,
  items: readonly Captioned[],
): ResultAsync<SentMedia[], TelegramProblem> =>
  sentTo(place, (thread): Promise<Message[]> =>
    items[0]?.media.kind === "document"
      ? api.sendMediaGroup(place.chatId, items.map(inputDocument), thread)
      : api.sendMediaGroup(place.chatId, items.map(inputPhoto), thread),
  ).map((messages) => messages.map(sentMedia));

/** Puts another media in the place of one. `undefined`: the message is gone, or no media can take its place. */
export const editMedia = (
  api: Api,
  chatId: number,
  messageId: number,
  captioned: Captioned,
  keyboard?: InlineKeyboard,
): ResultAsync<SentMedia | undefined, TelegramProblem> =>
  attempt(() =>
    api.editMessageMedia(chatId, messageId, inputMedia(captioned), keyboard ? { reply_markup: keyboard } : {}),
  )
    .map((message): SentMedia | undefined => (message === true ? { messageId } : sentMedia(message)))
    .orElse((problem) => {
      if (problem.type !== "refused") return errAsync(problem);
      if (unchanged.test(problem.detail)) return okAsync({ messageId });
      return gone.test(problem.detail) ? okAsync(undefined) : errAsync(problem);
    });

/** Shows for some seconds that the bot is sending a photo. */
export const showUploading = (api: Api, place: Place): ResultAsync<void, TelegramProblem> =>
  sentTo(place, (thread) => api.sendChatAction(place.chatId, "upload_photo", thread)).map(() => undefined);

/** A new object for each call, because grammY changes it. */
const fileOf = ({ file }: Media): string | InputFile =>
  typeof file === "string" ? file : new InputFile(file.bytes, file.name);

const inputMedia = (captioned: Captioned): InputMediaPhoto | InputMediaDocument =>
  captioned.media.kind === "photo" ? inputPhoto(captioned) : inputDocument(captioned);

const inputPhoto = ({ media, said }: Captioned): InputMediaPhoto => {
  const { text: caption, entities: caption_entities } = plain(said);
  return { type: "photo", media: fileOf(media), caption, caption_entities };
};

const inputDocument = ({ media, said }: Captioned): InputMediaDocument => {
  const { text: caption, entities: caption_entities } = plain(said);
  return { type: "document", media: fileOf(media), caption, caption_entities, disable_content_type_detection: true };
};

const sentMedia = ({ message_id: messageId, photo, document }: Message): SentMedia => {
  const fileId = photo?.at(-1)?.file_id ?? document?.file_id;
  return { messageId, ...(fileId !== undefined && { fileId }) };
};
