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

/** A photo that an avatar has no room for. */
export interface Refused extends IncomingPhoto {
  readonly avatarId: string;
  /** How many photos the avatar can have. */
  readonly maximum: number;
}

/** Says, as a reply to the first of many that came at once, that there is no room for it, and offers what can be done. */
export const refusePhoto = (
  ports: ChatPorts,
  person: Person,
  { avatarId, mediaGroupId, messageId, maximum }: Refused,
): ResultAsync<void, ChatError> =>
  claimHint(ports, person, { topic: `full ${avatarId}`, group: mediaGroupId }).andThen((claimed) => {
    if (!claimed) return okAsync(undefined);
    return findOverview(ports, person, avatarId).andThen((found) => {
      // Whether rejected ones count too, so that undoing makes no room.
      const ever = maximum !== found?.readiness.maximum;
      const enough = found?.readiness.missing === 0;
      const said = ports.say(person.locale, "photos.full", { maximum, ever, enough });
      const keyboard =
        found && InlineKeyboard.from(ever ? waysOut(ports, person, found) : [photoButtons(ports, person, found)]);
      return showMessage(ports, person, said, { keyboard, replyTo: messageId }).map(() => undefined);
    });
  });

/** Nothing makes room: goes on with the photos that there are, if they suffice, or begins another avatar. */
function waysOut(ports: ChatPorts, person: Person, overview: AvatarOverview) {
  const { id } = overview.avatar;
  const goOn = button(ports, person, "button.continue", "continue", id, eraIn(overview));
  return [
    ...(overview.readiness.missing === 0 ? [[goOn]] : []),
    [button(ports, person, "button.create", "restart", id)],
  ];
}
