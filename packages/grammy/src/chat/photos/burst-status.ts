import type { AvatarOverview, Photo } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import type { Burst } from "../../conversation/conversation.ts";
import type { RejectedPhoto } from "../../texts/texts.ts";
import type { Text } from "../../texts/text.ts";
import { button } from "../button.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { digestOf } from "../digest.ts";

/** What the message about a burst has to show. */
export interface BurstStatus {
  readonly said: Text;
  readonly keyboard: InlineKeyboard;
  /** Of all that is visible: two that are equal look the same. */
  readonly digest: string;
}

const listed = 10;

/** How the photos fare. The numbers are counted from the photos themselves; the burst only says which ones are new. */
export function burstStatus(
  ports: Pick<ChatPorts, "say">,
  person: Pick<Person, "locale">,
  { avatar, photos, readiness }: AvatarOverview,
  burst: Burst,
): BurstStatus {
  const { accepted, minimum, maximum } = readiness;
  const rejected = isAlone(burst) ? [] : rejectedIn(photos, burst);
  const said = ports.say(person.locale, "photos.status", {
    name: avatar.name,
    accepted,
    minimum,
    maximum,
    checking: pendingIn(photos),
    rejected: rejected.slice(0, listed),
    moreRejected: Math.max(0, rejected.length - listed),
  });
  const keyboard = new InlineKeyboard([
    [
      ...(hasUndoable(photos) ? [button(ports, person, "button.undo", "undo", avatar.id)] : []),
      button(ports, person, "button.continue", "continue", avatar.id),
    ],
  ]);
  return { said, keyboard, digest: digestOf([said, keyboard.inline_keyboard]) };
}

/** What *undo* takes away is a photo that was not rejected. */
const hasUndoable = (photos: readonly Photo[]): boolean => photos.some(({ state }) => state.status !== "rejected");

export const pendingIn = (photos: readonly Photo[]): number =>
  photos.filter(({ state }) => state.status === "pending").length;

/** A single photo is answered by a reply to it, so the status does not tell about it once more. */
export const rejectedAlone = (photos: readonly Photo[], burst: Burst): Photo | undefined =>
  isAlone(burst) ? photos.find((photo) => isIn(burst, photo) && photo.state.status === "rejected") : undefined;

const isAlone = ({ photos }: Burst): boolean => photos === 1;

const isIn = ({ firstNumber, photos }: Burst, { number }: Photo): boolean =>
  number >= firstNumber && number < firstNumber + photos;

const rejectedIn = (photos: readonly Photo[], burst: Burst): RejectedPhoto[] =>
  photos
    .filter((photo) => isIn(burst, photo))
    .flatMap(({ number, state }) => (state.status === "rejected" ? [{ number, rejection: state.rejection }] : []));
