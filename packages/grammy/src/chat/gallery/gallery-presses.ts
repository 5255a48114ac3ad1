import type { PictureView } from "@likeness/core";
import { errAsync, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { editCaption, editKeyboard } from "../../telegram/messages.ts";
import type { Verb } from "../callback-data.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { oldButton, type Press, type PressAnswer, type PressHandler } from "../press.ts";
import { readView, type GalleryView } from "./gallery-view.ts";
import { newestOf, openGallery } from "./open-gallery.ts";
import { orToast, type GalleryError } from "./or-toast.ts";
import { aloneButtons, removeButtons } from "./picture-card.ts";
import { removePicture } from "./remove-picture.ts";
import { sendOriginal } from "./send-original.ts";
import { findPicture, showPicture } from "./show-picture.ts";

/** Calls `work` with the picture that a button names, if it is the person's; a foreign one is answered like a missing one. */
const aboutPicture =
  (
    work: (
      ports: ChatPorts,
      press: Press,
      found: PictureView,
      view: GalleryView,
    ) => ResultAsync<PressAnswer, GalleryError>,
  ): PressHandler =>
  (ports, press) => {
    const view = readView(press.era);
    if (!view) return okAsync(oldButton(ports, press));
    // Whether it is a favourite does not matter here: pressing *favourites only* leads from one that is none.
    const { favourites: _any, ...among } = view;
    return findPicture(ports, press.person, press.id, among)
      .andThen((found) => (found ? work(ports, press, found, view) : okAsync(oldButton(ports, press))))
      .orElse(orToast(ports, press.person));
  };

/** The message of the gallery, if it can show another picture. */
const galleryOf = ({ messageId, onMedia }: Press): number | undefined => (onMedia ? messageId : undefined);

/** Shows the picture among the chosen ones, or the newest favourite where it is none. */
const turn = aboutPicture((ports, press, { picture }, view) => turnTo(ports, press, picture.id, view));

function turnTo(
  ports: ChatPorts,
  press: Press,
  pictureId: string,
  view: GalleryView,
): ResultAsync<PressAnswer, GalleryError> {
  const { person } = press;
  return safeTry(async function* () {
    const wanted = yield* findPicture(ports, person, pictureId, view);
    if (wanted) return showPicture(ports, person, wanted, view, galleryOf(press));
    const { favourites: _none, ...all } = view;
    const shown = yield* findPicture(ports, person, pictureId, all);
    if (!shown) return okAsync(oldButton(ports, press));
    const favourite = yield* newestOf(ports, shown.picture, view);
    const found = favourite && (yield* findPicture(ports, person, favourite.id, view));
    if (found) return showPicture(ports, person, found, view, galleryOf(press));
    yield* showPicture(ports, person, shown, all, galleryOf(press));
    return okAsync(ports.say(person.locale, "toast.no-favourites"));
  });
}

/** Makes a picture a favourite or not, and shows that below it. */
const favour = (favourite: boolean): PressHandler =>
  aboutPicture((ports, press, found, view) =>
    safeTry(async function* () {
      const { likeness, say, api } = ports;
      const { actor, locale, chatId } = press.person;
      const { id: pictureId } = found.picture;
      const changed = await likeness.images.favour({ actor, pictureId, favourite });
      if (changed.isErr())
        return changed.error.type === "picture-not-found" ? okAsync(oldButton(ports, press)) : errAsync(changed.error);
      if (view.among !== "alone") return turnTo(ports, press, pictureId, view);
      if (press.messageId !== undefined)
        yield* editKeyboard(api, chatId, press.messageId, aloneButtons({ say, locale }, changed.value));
      return okAsync(undefined);
    }),
  );

/** Asks whether to delete, in the caption. */
const askToRemove = aboutPicture((ports, press, { picture }, view) => {
  const { api, say } = ports;
  const { locale, chatId } = press.person;
  if (press.messageId === undefined) return okAsync(oldButton(ports, press));
  const keyboard = removeButtons({ say, locale }, picture, view);
  return editCaption(api, chatId, press.messageId, say(locale, "picture.delete"), keyboard).map(() => undefined);
});

/** The buttons of the gallery, and those below a picture that change or send what it is. */
export const galleryPresses = {
  gallery: openGallery,
  picture: aboutPicture((ports, { person }, found, view) => showPicture(ports, person, found, view)),
  turn,
  like: favour(true),
  unlike: favour(false),
  original: aboutPicture(sendOriginal),
  "remove-ask": askToRemove,
  "remove-yes": aboutPicture(removePicture),
} as const satisfies Partial<Record<Verb, PressHandler>>;
