import { fmt } from "@grammyjs/parse-mode";
import type { AvatarStatus, FailureReason } from "@likeness/core";
import { boldName } from "../bold-name.ts";
import { lines } from "../lines.ts";
import type { Missing, PictureTexts, Repeat, Shown, WordsProblem } from "../picture-texts.ts";
import { shorten } from "../shorten.ts";
import { textLimits } from "../text-limits.ts";
import { payable, pictures, priced, unpaid } from "./words.ts";
import { number } from "./formats.ts";

const madeWithAi = "Made with AI";

const previousDraws = "It is being trained again. Until that is done, the previous model draws.";

const shownAs = (shown: Shown, limit: number): string =>
  "words" in shown ? `Your words: ${shorten(shown.words, limit)}` : `Scene: ${shorten(shown.scene, limit)}`;

const theyCost = (count: number): string => (count === 1 ? "costs" : "cost");

/** One sentence about the pictures that are missing; `undefined` when none is. */
function missing({ blocked, failed, priced: isPriced }: Missing): string | undefined {
  const blockedOnes = `${pictures(blocked)} ${blocked === 1 ? "was" : "were"} blocked by the safety filter`;
  const free = (count: number) => (isPriced ? ` and ${theyCost(count)} nothing` : "");
  if (blocked > 0 && failed > 0)
    return `${blockedOnes}, ${number(failed)} could not be drawn${isPriced ? ", and they cost nothing" : ""}.`;
  if (blocked > 0) return `${blockedOnes}${free(blocked)}.`;
  if (failed > 0) return `${pictures(failed)} could not be drawn${free(failed)}.`;
  return undefined;
}

/** Why no picture came, after a colon. */
const because = {
  rejected: "the drawing service refused the request",
  submit_unknown: "the drawing service never confirmed the request",
  provider_unavailable: "the drawing service could not be reached for too long",
  provider_error: "the drawing service stopped with an error",
  provider_timeout: "it took too long",
  result_lost: "the result could not be fetched",
  photos_missing: "a file that it needs is missing from storage",
  content_blocked: "the safety filter does not allow it",
  input_gone: "the drawing service could not read the avatar’s model",
} as const satisfies Record<FailureReason, string>;

function whyNone({ blocked, failed, reason }: Missing & { readonly reason?: FailureReason | undefined }): string {
  if (failed === 0) return blocked > 1 ? "the safety filter blocked all of them" : "the safety filter blocked it";
  if (blocked > 0) return "some were blocked by the safety filter, the others could not be drawn";
  return reason === undefined ? "something went wrong while drawing" : because[reason];
}

const noModel = {
  draft: "This avatar is not trained yet. Once it is, it can be drawn.",
  training: "This avatar is still being trained. I’ll write as soon as it is ready.",
  failed: "The training of this avatar failed. Train it again, and then it can be drawn.",
  ready: "This avatar has no model right now. Please train it again.",
} as const satisfies Record<AvatarStatus, string>;

const repeats = {
  again: "Another picture like this costs",
  variation: "A variation of this picture costs",
  larger: "Making this picture larger costs",
  set: "Drawing this again costs",
} as const satisfies Record<Repeat, string>;

function invalidWords(problem: WordsProblem): string {
  switch (problem.reason) {
    case "empty":
      return "There is nothing to draw in that message. Please describe the picture in words.";
    case "no-letters":
      return "Emoji and signs alone are not enough. Please describe the picture in words.";
    case "too-long":
      return `That is ${number(problem.length)} characters, and I can use up to ${number(problem.limit)}. Please shorten it and send it again.`;
  }
}

export const englishPictures = {
  "command.images": () => "Make pictures, see your gallery",

  "images.none": ({ avatars }) =>
    avatars === 0
      ? "Pictures need an avatar, and you have none yet. Create one first: it takes a few photos."
      : "None of your avatars is ready yet. As soon as one is, you can make pictures with it.",
  "images.whose": () => "Which avatar shall I draw with?",
  "scenes.prompt": ({ name, page, pages, previous }) =>
    lines(
      fmt`Pictures with ${boldName(name)}`,
      "Choose a scene, or describe one in your own words.",
      pages > 1 ? `Page ${number(page)} of ${number(pages)}` : undefined,
      ...(previous ? ["", previousDraws] : []),
    ),
  "words.prompt": ({ name, maximum }) =>
    lines(
      fmt`What shall the picture with ${boldName(name)} show?`,
      `Describe it in one message of up to ${number(maximum)} characters. For example: on a red bicycle, in light rain, in the evening.`,
    ),
  "words.invalid": invalidWords,
  "words.refused": () => "Pictures with these words are not allowed here. Please describe it in another way.",
  "order.prompt": ({ name, shown, ratio, count, previous, ...cost }) =>
    lines(
      fmt`Pictures with ${boldName(name)}`,
      shownAs(shown, textLimits.words),
      "note" in shown && shown.note ? shorten(shown.note, textLimits.words) : undefined,
      `Shape: ${ratio}`,
      `Number: ${number(count)}`,
      ...payable(cost),
      ...(previous ? ["", previousDraws] : []),
    ),
  "scene.gone": () => "This scene is no longer offered. Please choose another one.",
  "credits.pictures": unpaid,
  "repeat.ask": ({ what, price, have }) =>
    `${repeats[what]} ${priced(price)}.${have === undefined ? "" : ` You have ${number(have)}.`} Shall I draw it?`,

  drawing: ({ name, ready, count }) => {
    const drawn = boldName(name);
    return count === 1
      ? fmt`Drawing a picture with ${drawn}…`
      : fmt`Drawing ${pictures(count)} with ${drawn}… ${number(ready)} of ${number(count)} ${ready === 1 ? "is" : "are"} ready.`;
  },
  "drawing.cancelled": ({ name }) => fmt`Cancelled. No pictures with ${boldName(name)} are drawn.`,

  "pictures.done": ({ name, pictures: count, ...others }) =>
    lines(fmt`${pictures(count)} with ${boldName(name)}. Press a number to open that picture.`, missing(others)),
  "pictures.failed": ({ name, ...others }) => fmt`No picture with ${boldName(name)} this time: ${whyNone(others)}.`,
  "first-look": ({ name }) => fmt`A first look at ${boldName(name)}.`,
  "picture.caption": ({ place, ...others }) =>
    [place === undefined ? madeWithAi : `${number(place)} · ${madeWithAi}`, missing(others)]
      .filter((line) => line !== undefined)
      .join("\n"),
  "picture.card": ({ name, shown }) =>
    lines(boldName(name, textLimits.nameOverWords), shown && shownAs(shown, textLimits.wordsInCaption), madeWithAi),
  "picture.delete": () => `Delete this picture? This cannot be undone.\n${madeWithAi}`,
  "gallery.empty": ({ name }) =>
    name === undefined ? "You have no pictures yet." : fmt`There are no pictures with ${boldName(name)} yet.`,
  "cancel.words": () => "All right. Nothing is drawn.",

  "toast.no-model": ({ status }) => noModel[status],
  "toast.model-elsewhere": () =>
    "This avatar was made with another service. Train it again, and it can be drawn here too.",
  "toast.too-large": () => "This picture is as large as it can be.",
  "toast.no-favourites": () => "There are no favourites yet. Press ♡ below a picture to make it one.",
  "toast.still-coming": () => "Some of it is being drawn already and comes anyway.",
  "toast.cannot-cancel": () => "It cannot be cancelled at this moment. Please try again shortly.",
  "toast.busy": () => "Telegram asks for a short break. Please press again in a moment.",

  "button.make-pictures": () => "Make pictures",
  "button.gallery": () => "Gallery",
  "button.own-words": () => "My own words",
  "button.all-scenes": () => "All scenes",
  "button.count": ({ count, chosen }) => `${chosen ? "✓ " : ""}${pictures(count)}`,
  "button.draw": () => "Draw",
  "button.other-scene": () => "Another scene",
  "button.cancel-drawing": () => "Cancel",
  "button.try-again": () => "Try again",
  "button.again": () => "Again",
  "button.variation": () => "Variation",
  "button.larger": () => "Larger",
  "button.original": () => "Original",
  "button.show-prompt": () => "Show prompt",
  "button.hide-prompt": () => "Hide prompt",
  "button.favourites": () => "Favourites only",
  "button.all-pictures": () => "All pictures",
  "button.delete-picture": () => "Delete picture",
  "button.keep-picture": () => "Keep picture",
  "button.draw-it": () => "Yes, draw it",
  "button.not-now": () => "Not now",
} satisfies PictureTexts;
