import { fmt, FormattedString } from "@grammyjs/parse-mode";
import type { ModelCopy } from "@likeness/core";
import { boldName } from "./bold-name.ts";
import { englishButtons } from "./english/buttons.ts";
import { failures } from "./english/failure.ts";
import { expected, hint } from "./english/hint.ts";
import { englishGuards } from "./english/guards.ts";
import { englishPhotos } from "./english/photos.ts";
import { englishOwnData } from "./english/own-data.ts";
import { englishPeople } from "./english/people.ts";
import { englishPictures } from "./english/pictures.ts";
import {
  avatars,
  characters,
  counted,
  duration,
  genderOf,
  kinds,
  payable,
  pictures,
  presets,
  statuses,
  unpaid,
  withAll,
} from "./english/words.ts";
import { englishShop } from "./english/shop.ts";
import { englishProgress } from "./english/progress.ts";
import { lines } from "./lines.ts";
import { shorten } from "./shorten.ts";
import { textLimits } from "./text-limits.ts";
import type { Texts, Waiting } from "./texts.ts";
import { number } from "./english/formats.ts";

const { bold } = FormattedString;

const nextStep = {
  kind: " Next: its type.",
  gender: " Next: the gender.",
  name: " Next: a name.",
  consent: " Next: your consent, then the photos.",
  photos: " Next: the photos.",
  "enough-photos": " There are enough photos to train it.",
  "all-photos": " It has all its photos and is ready to be trained.",
  rename: " Next: the new name.",
  words: "",
  pictures: "",
  nothing: "",
} as const satisfies Record<Waiting, string>;

const notSaved =
  "The training service may delete it one day, and then the avatar stops working. Your photos are kept, so you can train it again.";

const trained = {
  stored: "The training went well, and the model is saved with your avatars.",
  "under-way": "The training went well.",
  "given-up": `The training went well, but the model could not be saved. ${notSaved}`,
} as const satisfies Record<ModelCopy, string>;

/** Every text in English. */
export const english = {
  ...englishButtons,
  ...englishProgress,
  ...englishPhotos,
  ...englishPictures,
  ...englishPeople,
  ...englishShop,
  ...englishGuards,
  ...englishOwnData,

  "command.start": () => "Start, or pick up where you left off",
  "command.avatars": () => "Show your avatars",
  "command.cancel": () => "Cancel what you are doing",

  welcome: () =>
    lines(
      "Hi! Send me photos, and I’ll train an avatar: a model that creates new pictures of a person or in a style.",
      "",
      "Photos of faces are private. Yours are used only to train your avatar, and are sent to the training service for that. When you delete an avatar, its photos and everything that was made of them are deleted here. Telegram keeps its own copy of what you send in this chat.",
    ),
  menu: ({ avatars: count }) => `Welcome back! You have ${count === 0 ? "no avatars yet" : avatars(count)}.`,
  resume: ({ waiting, name }) =>
    name === undefined
      ? `You have not finished your new avatar.${nextStep[waiting]} Go on, or start over?`
      : fmt`You have not finished ${bold(name)}.${nextStep[waiting]} Go on, or start over? If you start over, it is kept as it is.`,

  "kind.prompt": () =>
    lines(
      "What kind of avatar shall we make?",
      "",
      fmt`${bold("Portrait")}: one person. New pictures show this person.`,
      fmt`${bold("Style")}: the look of your pictures. New pictures have the same look.`,
    ),
  "gender.prompt": ({ kind }) =>
    kind === "portrait"
      ? "What is the gender of the person in the photos? It helps to describe them when pictures are made."
      : "Who should appear? If it does not matter, choose “Anyone”.",
  "name.prompt": ({ minimum, maximum }) =>
    `What shall we call it? Send a name of ${number(minimum)} to ${characters(maximum)}.`,
  "name.invalid": ({ problem, length, minimum, maximum }) => {
    if (problem === "control-character")
      return "A name is one line without control characters. Please try another one.";
    const limit = problem === "too-short" ? `use at least ${number(minimum)}` : `use at most ${number(maximum)}`;
    return `That name has ${characters(length)}: ${limit}. Please try another one.`;
  },

  "confirm.prompt": ({ name, kind, gender, photos: count, preset, minutes, hasModel, firstLook, ...cost }) =>
    lines(
      hasModel ? "Ready to train again?" : "Ready to train?",
      "",
      fmt`Name: ${bold(name)}`,
      `Type: ${kinds[kind]}`,
      `Gender: ${genderOf(kind, gender)}`,
      `Photos: ${number(count)}`,
      `Training: ${presets[preset]}`,
      `Expected time: ${minutes === undefined ? "not known yet" : duration(minutes)}`,
      ...payable(cost),
      cost.price && firstLook ? `Included in the price: a first look (${pictures(firstLook)})` : undefined,
      ...(hasModel
        ? [
            "",
            "The current model keeps working while the new one is trained, and is then replaced by it. If the training fails or is cancelled, the current one stays.",
          ]
        : []),
    ),
  "credits.refused": (given) => `${unpaid(given)} Your photos are kept: you can train once you have enough.`,

  ready: ({ name, model }) => fmt`${bold(name)} is ready. ${trained[model]}`,
  unsaved: ({ name }) => fmt`The model of ${bold(name)} is ready, but it could not be saved. ${notSaved}`,
  failed: ({ name, reason, hasModel }) =>
    lines(
      fmt`The training of ${bold(name)} failed.`,
      failures[reason].happened,
      "",
      hasModel ? "The previous model still works." : undefined,
      failures[reason].next,
    ),
  confirmed: ({ name }) =>
    fmt`The training service has confirmed the training of ${bold(name)} after all. You are not charged twice.`,
  unconfirmed: ({ name }) =>
    fmt`The training service has not confirmed the training of ${bold(name)} yet. It is being checked: the progress message shows what is known, and I’ll write when it ends. You will not be charged twice.`,

  "cancel.nothing": () => "There is nothing to cancel.",
  "cancel.wizard": () => "Cancelled. Nothing was saved. Send /start to begin again.",
  "cancel.draft": ({ name }) =>
    fmt`Stopped. ${bold(name)} is kept as a draft. You can go on whenever you like, or delete it.`,
  "cancel.ask": ({ name }) =>
    fmt`Cancel the training of ${bold(name)}? What it has learned so far will be lost; the photos are kept.`,
  "cancel.done": ({ name, hasModel }) =>
    fmt`The training of ${bold(name)} is cancelled. The photos are kept for another time${hasModel ? ", and the previous model stays" : ""}.`,
  "cancel.too-late": ({ name }) =>
    fmt`The training of ${bold(name)} has already ended, so it cannot be cancelled. You will hear the result in a moment.`,
  "cancel.unclear": ({ name }) =>
    fmt`The training service has not confirmed the training of ${bold(name)} yet, so it cannot be cancelled now. Please try again in a few minutes.`,

  "avatars.empty": () => "You have no avatars yet.",
  "avatars.list": ({ avatars: count, page, pages }) =>
    pages > 1 ? `You have ${avatars(count)}. Page ${number(page)} of ${number(pages)}.` : `You have ${avatars(count)}.`,
  "avatar.card": ({ name, kind, gender, status, main, accepted, minimum, maximum, removed }) =>
    lines(
      boldName(name),
      main ? "Your main avatar" : undefined,
      `Status: ${statuses[status]}`,
      `Type: ${kinds[kind]}`,
      `Gender: ${genderOf(kind, gender)}`,
      removed
        ? "Photos: no longer stored; another training needs new ones"
        : `Photos: ${counted({ accepted, minimum, maximum })}`,
    ),
  "avatars.full": ({ maximum }) => `You can have up to ${avatars(maximum)}. Delete one to create another.`,
  "rename.prompt": ({ name, minimum, maximum }) =>
    fmt`What shall we call ${bold(name)} instead? Send a name of ${number(minimum)} to ${characters(maximum)}.`,
  renamed: ({ name }) => fmt`The avatar is now called ${bold(name)}.`,
  "delete.ask": ({ name, training, ...parts }) =>
    fmt`Delete ${bold(name)}${withAll(parts)}?${training ? " Its training will be stopped." : ""} This cannot be undone.`,
  deleted: ({ name, ...parts }) => fmt`${bold(name)} is deleted${withAll(parts)}.`,
  "toast.main": ({ name }) => `“${shorten(name, textLimits.nameInToast)}” is now your main avatar.`,

  help: ({ waiting, commands, support }) =>
    lines(
      "I train avatars from your photos: models that create new pictures of a person or in a style.",
      "",
      ...commands.map(({ command, description }) => `/${command} – ${description}`),
      ...(support === undefined ? [] : ["", `Questions? ${support}`]),
      "",
      expected[waiting],
    ),
  hint,
  "toast.old-button": () => "This button is out of date. Please use a newer message, or /start.",
  "toast.training-active": () => "This avatar is already being trained.",
  "toast.kind-unavailable": () => "Avatars of this type are no longer trained here. The avatar itself stays.",
  trouble: () => "Something went wrong on our side. Nothing is lost. Please try again in a moment.",
} satisfies Texts;
