import { nameOf, type Avatar, type Picture, type PictureView, type Scene } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import type { InlineKeyboardButton } from "grammy/types";
import type { Say } from "../../texts/catalog.ts";
import type { Shown } from "../../texts/picture-texts.ts";
import type { Text } from "../../texts/text.ts";
import { button, type ButtonKey } from "../button.ts";
import { callbackData, type Verb } from "../callback-data.ts";
import { writeView, type GalleryView } from "./gallery-view.ts";

/** Signs instead of words, the same in every language. */
const signs = { favourite: "❤", other: "♡", newer: "‹", older: "›" };

type Button = InlineKeyboardButton.CallbackButton;

type Speaker = { readonly say: Say; readonly locale: string };

/** The buttons below a picture that came alone. Asked whether to delete it, its message becomes the gallery of its avatar. */
export function aloneButtons(speaker: Speaker, picture: Pick<Picture, "id" | "favourite">): InlineKeyboard {
  const view: GalleryView = { among: "alone" };
  const does = doing(speaker, picture.id, view);
  return InlineKeyboard.from([
    [heart(picture, view), does("button.again", "again"), does("button.variation", "variation")],
    [does("button.original", "original"), does("button.larger", "larger")],
    [doing(speaker, picture.id, { among: "avatar" })("button.delete-picture", "remove-ask")],
  ]);
}

/** The buttons below a picture in the gallery: it is turned in place. */
export function galleryButtons(
  speaker: Speaker,
  { picture, position, total, newerId, olderId }: PictureView,
  view: GalleryView,
): InlineKeyboard {
  const does = doing(speaker, picture.id, view);
  const turned = (change: Partial<GalleryView>): string => writeView({ ...view, ...change });
  const to = (text: string, id: string): Button => InlineKeyboard.text(text, callbackData("turn", id, turned({})));
  const same = (key: ButtonKey, era: string): Button => button(speaker, speaker, key, "turn", picture.id, era);
  return InlineKeyboard.from([
    [
      ...(newerId === undefined ? [] : [to(signs.newer, newerId)]),
      to(`${position}/${total}`, picture.id),
      ...(olderId === undefined ? [] : [to(signs.older, olderId)]),
    ],
    [heart(picture, view), does("button.again", "again"), does("button.variation", "variation")],
    [does("button.original", "original"), does("button.larger", "larger")],
    [
      view.prompt
        ? same("button.hide-prompt", turned({ prompt: undefined }))
        : same("button.show-prompt", turned({ prompt: true })),
      view.favourites
        ? same("button.all-pictures", turned({ favourites: undefined }))
        : same("button.favourites", turned({ favourites: true })),
    ],
    [does("button.delete-picture", "remove-ask")],
  ]);
}

/** The question whether to delete a picture. */
export const removeButtons = (speaker: Speaker, { id }: Pick<Picture, "id">, view: GalleryView): InlineKeyboard =>
  InlineKeyboard.from([
    [doing(speaker, id, view)("button.delete-confirm", "remove-yes")],
    [doing(speaker, id, view)("button.keep-picture", "turn")],
  ]);

const doing =
  (speaker: Speaker, id: string, view: GalleryView) =>
  (key: ButtonKey, verb: Verb): Button =>
    button(speaker, speaker, key, verb, id, writeView(view));

/** Says what a press makes of the picture, so that the same press handled twice has one effect. */
const heart = ({ id, favourite }: Pick<Picture, "id" | "favourite">, view: GalleryView): Button =>
  InlineKeyboard.text(
    favourite ? signs.favourite : signs.other,
    callbackData(favourite ? "unlike" : "like", id, writeView(view)),
  );

/** The caption of a picture in the gallery. */
export const galleryCaption = (
  { say, locale }: Speaker,
  { name }: Pick<Avatar, "name">,
  { plan }: Picture,
  { prompt }: GalleryView,
  scenes: readonly Scene[],
): Text => say(locale, "picture.card", { name, shown: prompt && shownBy(plan, scenes, locale) });

/** What a picture was made from; a scene that the host no longer has, by its key. */
function shownBy({ scene, words }: Picture["plan"], scenes: readonly Scene[], locale: string): Shown {
  if (words !== undefined) return { words };
  const found = scenes.find(({ key }) => key === scene);
  return { scene: found ? nameOf(found, locale) : (scene ?? "") };
}
