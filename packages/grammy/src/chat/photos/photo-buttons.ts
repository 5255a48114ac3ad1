import type { AvatarOverview, Photo } from "@likeness/core";
import type { InlineKeyboardButton } from "grammy/types";
import { button } from "../button.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { eraIn } from "../era.ts";

/** One row of buttons for the photos of an avatar. */
export const photoButtons = (
  ports: Pick<ChatPorts, "say">,
  person: Pick<Person, "locale">,
  overview: AvatarOverview,
): InlineKeyboardButton.CallbackButton[] => {
  const { id } = overview.avatar;
  const era = eraIn(overview);
  return [
    ...(hasUndoable(overview.photos) ? [button(ports, person, "button.undo", "undo", id, era)] : []),
    button(ports, person, "button.continue", "continue", id, era),
  ];
};

/** Whether *undo* has a photo to remove: one that was not rejected. */
const hasUndoable = (photos: readonly Photo[]): boolean => photos.some(({ state }) => state.status !== "rejected");
