import type { AvatarOverview, Photo } from "@likeness/core";
import type { InlineKeyboardButton } from "grammy/types";
import { button } from "../button.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";

/** One row: what can be done about the photos of an avatar beside sending more of them. */
export const photoButtons = (
  ports: Pick<ChatPorts, "say">,
  person: Pick<Person, "locale">,
  { avatar, photos }: Pick<AvatarOverview, "avatar" | "photos">,
): InlineKeyboardButton.CallbackButton[] => [
  ...(hasUndoable(photos) ? [button(ports, person, "button.undo", "undo", avatar.id)] : []),
  button(ports, person, "button.continue", "continue", avatar.id),
];

/** What *undo* takes away is a photo that was not rejected. */
const hasUndoable = (photos: readonly Photo[]): boolean => photos.some(({ state }) => state.status !== "rejected");
