import type { Message } from "grammy/types";

/** A file that a person sent to train with: a photo, or a document, whatever is in it. */
export interface IncomingPhoto {
  readonly fileId: string;
  /** As Telegram stated it. */
  readonly bytes?: number;
  readonly messageId: number;
  /** Shared by the messages of one album. */
  readonly mediaGroupId?: string;
}

/**
 * The file in a message: the largest size of a photo, or a document as it is. Name and type of a document are the
 * sender's words and tell nothing, so the file itself is judged later. `undefined`: it has neither.
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
  // A GIF has a document beside it, for old clients: https://core.telegram.org/bots/api#message
  if (animation) return undefined;
  // Of sizes that measure the same, the last one: that is the order in which Telegram names them.
  return photo?.toSorted((left, right) => left.width * left.height - right.width * right.height).at(-1) ?? document;
}
