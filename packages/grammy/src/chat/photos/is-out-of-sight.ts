import type { Photo } from "@likeness/core";
import type { Burst, Conversation } from "../../conversation/conversation.ts";
import { hasNewerBelow } from "../show-message.ts";
import { isIn } from "./burst-status.ts";
import { messageOf } from "./photo-reference.ts";

/**
 * Whether the status of a burst stands above something newer, and so where nobody looks: what the bot said since, or a
 * photo of the burst, once no more of them come. A settled one may: it is the news of then.
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
