import type { PhotoReference } from "@likeness/core";
import { photoLocator } from "../../photos/photo-locator.ts";
import type { IncomingPhoto } from "./incoming-photo.ts";

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
