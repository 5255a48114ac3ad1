import { timestamp, type Timestamp } from "@likeness/core";
import type { InlineKeyboardButton, Message, MessageEntity } from "grammy/types";
import type { MessageRecord } from "../state/telegram-snapshot.ts";
import { withoutUndefined } from "../state/without-undefined.ts";

export interface ChatButton {
  readonly text: string;
  /** What a press sends; absent for buttons that do something else. */
  readonly data?: string | undefined;
  readonly url?: string | undefined;
  /** Pays the invoice that it belongs to. */
  readonly pay?: true | undefined;
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
  readonly invoice?: { readonly title: string; readonly description: string; readonly stars: number } | undefined;
  /** Telegram says that a payment was made or given back. */
  readonly payment?:
    { readonly type: "paid" | "refunded"; readonly stars: number; readonly chargeId: string } | undefined;
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
export function chatMessage({ message, reaction, invoice }: MessageRecord): ChatMessage {
  const photo = message.photo?.at(-1);
  const { document } = message;
  return withoutUndefined({
    id: message.message_id,
    from: message.from?.is_bot ? ("bot" as const) : ("person" as const),
    at: timestamp(message.date * 1000),
    text: message.text,
    caption: message.caption,
    entities: message.entities ?? message.caption_entities,
    buttons: buttonsOf(message, invoice),
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
    invoice: invoice && { title: invoice.title, description: invoice.description, stars: invoice.stars },
    payment: paymentIn(message),
    other: others.find((kind) => message[kind] !== undefined),
    albumId: message.media_group_id,
    replyTo: message.reply_to_message?.message_id,
    topicId: message.message_thread_id,
    edited: message.edit_date !== undefined,
    reaction,
  });
}

const others = ["voice", "sticker", "video", "location"] as const satisfies readonly (keyof Message)[];

/** An invoice without a keyboard of its own has one button. https://core.telegram.org/bots/api#sendinvoice */
const buttonsOf = (message: Message, invoice: MessageRecord["invoice"]): ChatButton[][] =>
  message.reply_markup
    ? message.reply_markup.inline_keyboard.map((row) => row.map(chatButton))
    : invoice
      ? [[{ text: `Pay ⭐${invoice.stars}`, pay: true }]]
      : [];

function paymentIn({ successful_payment: paid, refunded_payment: refunded }: Message): ChatMessage["payment"] {
  const payment = paid ?? refunded;
  return (
    payment && {
      type: paid ? "paid" : "refunded",
      stars: payment.total_amount,
      chargeId: payment.telegram_payment_charge_id,
    }
  );
}

const chatButton = (button: InlineKeyboardButton): ChatButton =>
  withoutUndefined({
    text: button.text,
    data: "callback_data" in button ? button.callback_data : undefined,
    url: "url" in button ? button.url : undefined,
    pay: "pay" in button ? (true as const) : undefined,
  });
