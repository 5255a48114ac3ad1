import type { PictureView, StorageFailure } from "@likeness/core";
import { errAsync, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { showPictures, type PictureItem } from "../../pictures/show-pictures.ts";
import { editMedia, sendMedia, type Captioned } from "../../telegram/media.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { oldButton, type PressAnswer } from "../press.ts";
import { noteSaid } from "../show-message.ts";
import type { InlineKeyboard } from "grammy";
import { choiceOf, type GalleryView } from "./gallery-view.ts";
import type { GalleryError } from "./or-toast.ts";
import { galleryButtons, galleryCaption } from "./picture-card.ts";

/** One of the person's pictures among the chosen ones; `undefined` when it is not, or no longer, among them. */
export const findPicture = (
  { likeness }: Pick<ChatPorts, "likeness">,
  { actor }: Pick<Person, "actor">,
  pictureId: string,
  view: GalleryView,
): ResultAsync<PictureView | undefined, StorageFailure> =>
  safeTry(async function* () {
    const { images } = likeness;
    const { picture } = yield* images.view({ actor, pictureId });
    const found: PictureView = yield* images.view({ ...choiceOf(view, picture), pictureId });
    return okAsync<PictureView | undefined>(found);
  }).orElse((error) => (error.type === "picture-not-found" ? okAsync(undefined) : errAsync(error)));

/** Shows a picture of the gallery, in place of another one where possible. */
export function showPicture(
  ports: ChatPorts,
  person: Person,
  found: PictureView,
  view: GalleryView,
  editing?: number,
): ResultAsync<PressAnswer, GalleryError> {
  const { likeness, store, say } = ports;
  const { locale } = person;
  const { picture } = found;
  return safeTry(async function* () {
    const avatar = yield* store.avatars.find(picture.avatarId);
    // Its avatar was erased meanwhile, and the picture with it.
    if (!avatar) return okAsync(oldButton(ports, { person }));
    const said = galleryCaption({ say, locale }, avatar, picture, view, likeness.images.scenes());
    const keyboard = galleryButtons({ say, locale }, found, view);
    const item = { picture, said, avatarName: avatar.name };
    return putPicture(ports, person, item, keyboard, editing);
  });
}

/** Puts a picture in the place of another one, or below everything. */
function putPicture(
  ports: ChatPorts,
  person: Person,
  item: PictureItem,
  keyboard: InlineKeyboard,
  editing?: number,
): ResultAsync<PressAnswer, GalleryError> {
  const { api } = ports;
  return safeTry(async function* () {
    const put = (media: Captioned) =>
      editing === undefined
        ? sendMedia(api, person, media, keyboard)
        : editMedia(api, person.chatId, editing, media, keyboard);
    const shown = yield* showPictures(ports, [item], ([media]) =>
      media ? put(media).map((sent) => sent && [sent]) : okAsync(undefined),
    );
    const messageId = shown?.[0]?.messageId;
    if (messageId === undefined)
      return editing === undefined ? okAsync(undefined) : putPicture(ports, person, item, keyboard);
    yield* noteSaid(ports, person, messageId);
    return okAsync(undefined);
  });
}
