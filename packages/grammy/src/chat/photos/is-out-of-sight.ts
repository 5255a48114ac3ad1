import type { Photo } from "@likeness/core";
import type { Burst, Conversation } from "../../conversation/conversation.ts";
import { hasNewerBelow } from "../show-message.ts";
import { isIn } from "./burst-status.ts";
import { messageOf } from "./photo-reference.ts";

/**
 * Whether something newer stands below the status of a burst, so that the person may overlook it: a later message of
 * the bot, or, once no more photos come, a photo of the burst. The status of a burst that has ended stays where it is.
 */
export const isOutOfSight = (
  conversation: Pick<Conversation, "saidId">,
  burst: Burst,
  photos: readonly Photo[],
  quiet: boolean,
): boolean => {
  const { messageId, settled } = burst;
  if (messageId === undefined || settled) return false;
  const isAbove = (photo: Photo) => isIn(burst, photo) && (messageOf(photo.reference) ?? 0) > messageId;
  return hasNewerBelow(conversation, messageId) || (quiet && photos.some(isAbove));
};
