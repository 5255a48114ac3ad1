import type { AvatarOverview } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import { okAsync, type ResultAsync } from "neverthrow";
import { button } from "../button.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { eraIn } from "../era.ts";
import { findOverview } from "../find-overview.ts";
import { claimHint } from "../hints/claim-hint.ts";
import type { ChatError } from "../press.ts";
import { showMessage } from "../show-message.ts";
import type { IncomingPhoto } from "./incoming-photo.ts";
import { photoButtons } from "./photo-buttons.ts";

/** A photo for which an avatar has no room. */
export interface Refused extends IncomingPhoto {
  readonly avatarId: string;
  /** How many photos the avatar can have. */
  readonly maximum: number;
}

/**
 * Says that there is no room, as a reply to the first of the photos that came at once, with buttons for what can be
 * done.
 */
export const refusePhoto = (
  ports: ChatPorts,
  person: Person,
  { avatarId, mediaGroupId, messageId, maximum }: Refused,
): ResultAsync<void, ChatError> =>
  claimHint(ports, person, { topic: `full ${avatarId}`, group: mediaGroupId }).andThen((claimed) => {
    if (!claimed) return okAsync(undefined);
    return findOverview(ports, person, avatarId).andThen((found) => {
      // Whether the limit counts rejected photos too, so that undoing does not make room.
      const ever = maximum !== found?.readiness.maximum;
      const enough = found?.readiness.missing === 0;
      const said = ports.say(person.locale, "photos.full", { maximum, ever, enough });
      const keyboard =
        found && InlineKeyboard.from(ever ? waysOut(ports, person, found) : [photoButtons(ports, person, found)]);
      return showMessage(ports, person, said, { keyboard, replyTo: messageId }).map(() => undefined);
    });
  });

/** No photo can be replaced: offers to train with the photos if there are enough, or to create another avatar. */
function waysOut(ports: ChatPorts, person: Person, overview: AvatarOverview) {
  const { id } = overview.avatar;
  const goOn = button(ports, person, "button.continue", "continue", id, eraIn(overview));
  return [
    ...(overview.readiness.missing === 0 ? [[goOn]] : []),
    [button(ports, person, "button.create", "restart", id)],
  ];
}
