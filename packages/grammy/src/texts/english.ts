import { fmt, FormattedString } from "@grammyjs/parse-mode";
import { englishButtons } from "./english/buttons.ts";
import { failures } from "./english/failure.ts";
import { hint } from "./english/hint.ts";
import { englishPhotos } from "./english/photos.ts";
import { avatars, characters, duration, genders, kinds, presets, range, statuses } from "./english/words.ts";
import { englishProgress } from "./english/progress.ts";
import { lines } from "./lines.ts";
import { shorten } from "./shorten.ts";
import { textLimits } from "./text-limits.ts";
import type { Texts, Waiting } from "./texts.ts";

const { bold } = FormattedString;

const nextStep = {
  kind: " Next you choose a type.",
  gender: " Next comes the gender.",
  name: " Next it gets a name.",
  photos: " Next come the photos.",
  "enough-photos": " There are enough photos to train it.",
  "all-photos": " It has all its photos and can be trained.",
  rename: " Next it gets its new name.",
  nothing: "",
} as const satisfies Record<Waiting, string>;

/** Every text in English. */
export const english = {
  ...englishButtons,
  ...englishProgress,
  ...englishPhotos,

  "command.start": () => "Begin, or go on where you stopped",
  "command.avatars": () => "Show your avatars",
  "command.cancel": () => "Stop what is going on",

  welcome: () =>
    lines(
      "Hello. Send me photos, and I make an avatar of them: a model that draws new pictures of a person or in a style.",
      "",
      "Photos of faces are private. Yours are only used to train your avatar, and go to the training service for that. Delete an avatar, and its photos and models are deleted here. Telegram keeps its own copy of what you send in this chat.",
    ),
  menu: ({ avatars: count }) => `Welcome back. You have ${count === 0 ? "no avatar yet" : avatars(count)}.`,
  resume: ({ waiting, name }) =>
    name === undefined
      ? `You have not finished your new avatar.${nextStep[waiting]} Go on, or start over?`
      : fmt`You have not finished ${bold(name)}.${nextStep[waiting]} Go on, or start over? It is kept as it is if you start over.`,

  "kind.prompt": () =>
    lines(
      "What should the avatar learn?",
      "",
      fmt`${bold("Portrait")}: one person. New pictures show this person.`,
      fmt`${bold("Style")}: the look of your pictures. New pictures have the same look.`,
    ),
  "gender.prompt": ({ kind }) =>
    kind === "portrait"
      ? "Who is in the photos? This helps to describe the person when pictures are made."
      : "Whom should pictures in this style show? If it does not matter, you need not say.",
  "name.prompt": ({ minimum, maximum }) =>
    `What is the avatar called? Please write a name of ${minimum} to ${characters(maximum)}.`,
  "name.invalid": ({ problem, length, minimum, maximum }) => {
    if (problem === "control-character")
      return "A name is one line without control characters. Please write another one.";
    const limit = problem === "too-short" ? `${minimum} is the least` : `${maximum} is the most`;
    return `That name has ${characters(length)}, and ${limit}. Please write another one.`;
  },

  "confirm.prompt": ({ name, kind, gender, photos: count, preset, minutes }) =>
    lines(
      "Ready to train?",
      "",
      fmt`Name: ${bold(name)}`,
      `Type: ${kinds[kind]}`,
      `Gender: ${genders[gender]}`,
      `Photos: ${count}`,
      `Training: ${presets[preset]}`,
      `Expected time: ${minutes === undefined ? "not known yet" : duration(minutes)}`,
    ),
  "credits.refused": () =>
    "Your credits do not cover this training, so nothing was ordered. Your photos are kept, and you can train once there are enough credits.",

  ready: ({ name }) => fmt`${bold(name)} is ready. The training went well, and the model is saved with your avatars.`,
  failed: ({ name, reason }) =>
    lines(fmt`The training of ${bold(name)} did not work.`, failures[reason].happened, "", failures[reason].next),
  unconfirmed: ({ name }) =>
    fmt`The training service did not confirm the training of ${bold(name)}. It is being checked: the progress shows what is known, and I will write to you how it ends. Nothing is charged twice.`,

  "cancel.nothing": () => "There is nothing to cancel.",
  "cancel.wizard": () => "Cancelled. Nothing was saved. /start begins anew.",
  "cancel.draft": ({ name }) =>
    fmt`Stopped. ${bold(name)} is kept as a draft with its photos. You can go on whenever you like, or delete it.`,
  "cancel.ask": ({ name }) =>
    fmt`Cancel the training of ${bold(name)}? What it has learned so far is lost; the photos are kept.`,
  "cancel.done": ({ name, hasModel }) =>
    fmt`The training of ${bold(name)} is cancelled. The photos are kept for another time${hasModel ? ", and the model from before stays" : ""}.`,
  "cancel.too-late": ({ name }) =>
    fmt`The training of ${bold(name)} is already over, so it cannot be cancelled. The outcome follows in a moment.`,
  "cancel.unclear": ({ name }) =>
    fmt`The training service has not confirmed the training of ${bold(name)} yet, so it cannot be cancelled now. Please try again in a few minutes.`,

  "avatars.empty": () => "You have no avatar yet.",
  "avatars.list": ({ avatars: count, page, pages }) =>
    pages > 1 ? `You have ${avatars(count)}. Page ${page} of ${pages}.` : `You have ${avatars(count)}.`,
  "avatar.card": ({ name, kind, gender, status, main, accepted, minimum, maximum }) =>
    lines(
      bold(shorten(name, textLimits.nameInCaption)),
      main ? "Your main avatar" : undefined,
      `State: ${statuses[status]}`,
      `Type: ${kinds[kind]}`,
      `Gender: ${genders[gender]}`,
      `Photos: ${accepted} of ${range(minimum, maximum)}`,
    ),
  "avatars.full": ({ maximum }) => `You have ${avatars(maximum)}, which is the most. Delete one to create another.`,
  "rename.prompt": ({ name, minimum, maximum }) =>
    fmt`What should ${bold(name)} be called instead? Please write a name of ${minimum} to ${characters(maximum)}.`,
  renamed: ({ name }) => fmt`The avatar is now called ${bold(name)}.`,
  "delete.ask": ({ name }) =>
    fmt`Delete ${bold(name)} with its photos and models? A training under way is stopped. This cannot be undone.`,
  deleted: ({ name }) => fmt`${bold(name)} is deleted, with its photos and models.`,
  "toast.main": ({ name }) => `“${shorten(name, textLimits.nameInToast)}” is now your main avatar.`,

  hint,
  "toast.old-button": () => "This button is out of date. Please use a newer message, or /start.",
  "toast.training-active": () => "This avatar is already being trained.",
  trouble: () => "Something did not work on our side. Nothing is lost. Please try again in a moment.",
} satisfies Texts;
