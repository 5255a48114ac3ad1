import type { ChatMessage as TelegramMessage } from "@likeness/grammy/testing";
import type { ChatMessage } from "../protocol.ts";

const others = { voice: "Voice message", sticker: "Sticker", video: "Video", location: "Location" } as const;

/** A message for the page. Files get addresses of the studio, because Telegram's hold the bot's token. */
export const shownMessage = (message: TelegramMessage): ChatMessage => ({
  id: message.id,
  from: message.from,
  at: Math.floor(Date.parse(message.at) / 1000),
  edited: message.edited,
  text: message.text ?? message.caption ?? "",
  entities: (message.entities ?? []).map((entity) => ({
    type: entity.type,
    offset: entity.offset,
    length: entity.length,
    url: "url" in entity ? entity.url : undefined,
  })),
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
  buttons: message.buttons,
});

const address = (fileId: string): string => `/files/${encodeURIComponent(fileId)}`;
