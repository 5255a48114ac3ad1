import type { AvatarOverview, Photo } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import type { Burst, Conversation } from "../../conversation/conversation.ts";
import type { Text } from "../../texts/text.ts";
import type { RejectedPhoto } from "../../texts/texts.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { digestOf } from "../digest.ts";
import { hasNewerBelow } from "../show-message.ts";
import { photoButtons } from "./photo-buttons.ts";
import { messageOf } from "./incoming-photo.ts";

/** The content of a burst's status message. */
export interface BurstStatus {
  readonly said: Text;
  readonly keyboard: InlineKeyboard;
  /** A digest of all that is visible: with equal digests two messages look the same. */
  readonly digest: string;
}

const listed = 10;

/**
 * The status of a burst. The numbers are counted from the rows of the photos; the burst only says which ones are new.
 */
export function burstStatus(
  ports: Pick<ChatPorts, "say">,
  person: Pick<Person, "locale">,
  overview: AvatarOverview,
  burst: Burst,
): BurstStatus {
  const { avatar, photos, readiness } = overview;
  const { accepted, minimum, maximum } = readiness;
  const rejected = isAlone(burst) ? [] : rejectedIn(photos, burst);
  const said = ports.say(person.locale, "photos.status", {
    name: avatar.name,
    accepted,
    minimum,
    maximum,
    checking: pendingIn(photos),
    rejected: rejected.slice(0, listed).flatMap(asRejected),
    moreRejected: Math.max(0, rejected.length - listed),
  });
  const keyboard = new InlineKeyboard([photoButtons(ports, person, overview)]);
  return { said, keyboard, digest: digestOf([said, keyboard.inline_keyboard]) };
}

export const pendingIn = (photos: readonly Photo[]): number =>
  photos.filter(({ state }) => state.status === "pending").length;

/** A single rejected photo gets a reply with its reason, so the status does not count it too. */
export const isAlone = ({ photos }: Burst): boolean => photos === 1;

const isIn = (
  { firstNumber, photos }: Pick<Burst, "firstNumber" | "photos">,
  { number }: Pick<Photo, "number">,
): boolean => number >= firstNumber && number < firstNumber + photos;

/** The rejected photos of a burst. */
export const rejectedIn = (photos: readonly Photo[], burst: Burst): Photo[] =>
  photos.filter((photo) => isIn(burst, photo) && photo.state.status === "rejected");

const asRejected = ({ number, state }: Photo): RejectedPhoto[] =>
  state.status === "rejected" ? [{ number, rejection: state.rejection }] : [];

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
