import type { PhotoReference } from "@likeness/core";
import { photoLocator } from "../../photos/photo-locator.ts";
import type { IncomingPhoto } from "./incoming-photo.ts";

/** Names a photo by the message that brought it: the same message twice is the same photo. */
export const photoReference = (chatId: number, { fileId, bytes, messageId }: IncomingPhoto): PhotoReference => ({
  locator: photoLocator({ fileId, bytes }),
  key: `${chatId}:${messageId}`,
});

/** The message that brought a photo; `undefined` for a photo that came another way. */
export function messageOf(reference: PhotoReference | undefined): number | undefined {
  const messageId = /^\d+:(\d+)$/.exec(reference?.key ?? "")?.[1];
  return messageId === undefined ? undefined : Number(messageId);
}
