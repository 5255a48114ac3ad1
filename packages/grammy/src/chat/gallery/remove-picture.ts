import type { PictureView } from "@likeness/core";
import { errAsync, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { deleteMessage } from "../../telegram/messages.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { oldButton, type Press, type PressAnswer } from "../press.ts";
import type { GalleryView } from "./gallery-view.ts";
import type { GalleryError } from "./or-toast.ts";
import { showEmpty } from "./open-gallery.ts";
import { findPicture, showPicture } from "./show-picture.ts";

/** Removes a picture and shows its neighbour in its place, or says that there are none any more. */
export function removePicture(
  ports: ChatPorts,
  press: Press,
  { picture, olderId, newerId }: PictureView,
  view: GalleryView,
): ResultAsync<PressAnswer, GalleryError> {
  const { likeness, api, store } = ports;
  const { person, messageId, onMedia } = press;
  return safeTry(async function* () {
    const removed = await likeness.images.remove({ actor: person.actor, pictureId: picture.id });
    if (removed.isErr())
      return removed.error.type === "picture-not-found" ? okAsync(oldButton(ports, press)) : errAsync(removed.error);
    const { favourites: _any, ...all } = view;
    for (const [id, seen] of [
      [olderId, view],
      [newerId, view],
      [olderId, all],
      [newerId, all],
    ] as const) {
      const found = id === undefined ? undefined : yield* findPicture(ports, person, id, seen);
      if (found) return showPicture(ports, person, found, seen, onMedia ? messageId : undefined);
    }
    // A text cannot take the place of a picture.
    if (messageId !== undefined) yield* deleteMessage(api, person.chatId, messageId);
    const avatar = view.among === "all" ? undefined : yield* store.avatars.find(picture.avatarId);
    return showEmpty(ports, person, avatar);
  });
}
