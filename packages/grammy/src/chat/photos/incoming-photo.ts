import type { PhotoReference } from "@likeness/core";
import type { Message } from "grammy/types";
import { photoLocator } from "../../photos/telegram-photos.ts";

/** A file that a person sent to train with: a photo, or a document of any type. */
export interface IncomingPhoto {
  readonly fileId: string;
  /** As Telegram stated it. */
  readonly bytes?: number;
  readonly messageId: number;
  /** Shared by the messages of one album. */
  readonly mediaGroupId?: string;
}

/**
 * The file in a message: the largest size of a photo, or a document as it is. The name and type of a document are set
 * by the sender and not reliable, so the file itself is inspected later. `undefined`: the message has neither.
 */
export function incomingPhoto(message: Message): IncomingPhoto | undefined {
  const file = fileIn(message);
  if (!file) return undefined;
  return {
    fileId: file.file_id,
    messageId: message.message_id,
    ...(file.file_size !== undefined && { bytes: file.file_size }),
    ...(message.media_group_id !== undefined && { mediaGroupId: message.media_group_id }),
  };
}

function fileIn({ photo, document, animation }: Message) {
  // The message of a GIF has a document too, for old clients: https://core.telegram.org/bots/api#message
  if (animation) return undefined;
  // Of equally large sizes the last one, because Telegram lists them in ascending order.
  return photo?.toSorted((left, right) => left.width * left.height - right.width * right.height).at(-1) ?? document;
}

/** Makes the reference of a photo from its message, so that the same message twice is the same photo. */
export const photoReference = (chatId: number, { fileId, bytes, messageId }: IncomingPhoto): PhotoReference => ({
  locator: photoLocator({ fileId, bytes }),
  key: `${chatId}:${messageId}`,
});

/** The id of a photo's message; `undefined` for a photo that was not sent in this chat. */
export function messageOf(reference: PhotoReference | undefined): number | undefined {
  const messageId = /^\d+:(\d+)$/.exec(reference?.key ?? "")?.[1];
  return messageId === undefined ? undefined : Number(messageId);
}
