import type { ChatMessage as TelegramMessage } from "@likeness/grammy/testing";
import type { ChatButton, ChatEntity, ChatMessage } from "../protocol.ts";

const others = { voice: "Voice message", sticker: "Sticker", video: "Video", location: "Location" } as const;

/** A message for the page. Files get addresses of the studio, because Telegram's hold the bot's token. */
export const shownMessage = (message: TelegramMessage): ChatMessage => ({
  id: message.id,
  from: message.from,
  at: Math.floor(Date.parse(message.at) / 1000),
  edited: message.edited,
  text: textOf(message),
  entities: entitiesOf(message),
  photo: message.photo && {
    url: address(message.photo.fileId),
    width: message.photo.width,
    height: message.photo.height,
  },
  document: message.document && {
    url: address(message.document.fileId),
    name: message.document.name ?? "file",
    bytes: message.document.size,
  },
  other: message.other && others[message.other],
  album: message.albumId,
  replyTo: message.replyTo,
  buttons: buttonsOf(message),
});

function textOf({ text, caption, invoice, payment }: TelegramMessage): string {
  if (invoice) return `${invoice.title}\n${invoice.description}`;
  if (payment) return payment.type === "paid" ? `Paid: ${payment.stars} ⭐` : `Given back: ${payment.stars} ⭐`;
  return text ?? caption ?? "";
}

function entitiesOf({ entities = [], invoice }: TelegramMessage): ChatEntity[] {
  if (invoice) return [{ type: "bold", offset: 0, length: invoice.title.length }];
  return entities.map((entity) => ({
    type: entity.type,
    offset: entity.offset,
    length: entity.length,
    url: "url" in entity ? entity.url : undefined,
  }));
}

function buttonsOf({ buttons, payment }: TelegramMessage): readonly (readonly ChatButton[])[] {
  if (payment?.type === "paid") return [[{ text: "Refund (as Telegram’s support)", act: "refund" }]];
  return buttons.map((row) => row.map(({ pay, ...button }) => (pay ? { ...button, act: "pay" } : button)));
}

const address = (fileId: string): string => `/files/${encodeURIComponent(fileId)}`;
