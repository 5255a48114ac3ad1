import { timestamp, type Timestamp } from "@likeness/core";
import type { InlineKeyboardButton, Message, MessageEntity } from "grammy/types";
import type { MessageRecord } from "../state/telegram-snapshot.ts";
import { withoutUndefined } from "../state/without-undefined.ts";

export interface ChatButton {
  readonly text: string;
  /** What a press sends; absent for buttons that do something else. */
  readonly data?: string | undefined;
  readonly url?: string | undefined;
}

/** A message as the person sees it. */
export interface ChatMessage {
  readonly id: number;
  readonly from: "bot" | "person";
  readonly at: Timestamp;
  readonly text?: string | undefined;
  readonly caption?: string | undefined;
  /** Of the text or the caption; offsets in UTF-16 units. */
  readonly entities?: readonly MessageEntity[] | undefined;
  /** Rows of the keyboard below; empty without one. */
  readonly buttons: readonly (readonly ChatButton[])[];
  /** The largest size. */
  readonly photo?:
    { readonly fileId: string; readonly width: number; readonly height: number; readonly size: number } | undefined;
  readonly document?:
    | {
        readonly fileId: string;
        readonly name?: string | undefined;
        readonly mimeType?: string | undefined;
        readonly size: number;
      }
    | undefined;
  readonly other?: "voice" | "sticker" | "video" | "location" | undefined;
  /** Shared by the messages of one album. */
  readonly albumId?: string | undefined;
  readonly replyTo?: number | undefined;
  /** Absent: in no topic. */
  readonly topicId?: number | undefined;
  readonly edited: boolean;
  /** The bot's reaction. */
  readonly reaction?: string | undefined;
}

/** Shows a message the way the app does. */
export function chatMessage({ message, reaction }: MessageRecord): ChatMessage {
  const photo = message.photo?.at(-1);
  const { document } = message;
  return withoutUndefined({
    id: message.message_id,
    from: message.from?.is_bot ? ("bot" as const) : ("person" as const),
    at: timestamp(message.date * 1000),
    text: message.text,
    caption: message.caption,
    entities: message.entities ?? message.caption_entities,
    buttons: (message.reply_markup?.inline_keyboard ?? []).map((row) => row.map(chatButton)),
    photo: photo && {
      fileId: photo.file_id,
      width: photo.width,
      height: photo.height,
      size: photo.file_size ?? 0,
    },
    document:
      document &&
      withoutUndefined({
        fileId: document.file_id,
        name: document.file_name,
        mimeType: document.mime_type,
        size: document.file_size ?? 0,
      }),
    other: others.find((kind) => message[kind] !== undefined),
    albumId: message.media_group_id,
    replyTo: message.reply_to_message?.message_id,
    topicId: message.message_thread_id,
    edited: message.edit_date !== undefined,
    reaction,
  });
}

const others = ["voice", "sticker", "video", "location"] as const satisfies readonly (keyof Message)[];

const chatButton = (button: InlineKeyboardButton): ChatButton =>
  withoutUndefined({
    text: button.text,
    data: "callback_data" in button ? button.callback_data : undefined,
    url: "url" in button ? button.url : undefined,
  });
