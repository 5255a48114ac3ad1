import type { AvatarStatus } from "@likeness/core";
import { capitalised } from "../capitalised.ts";
import { shorten } from "../shorten.ts";
import { textLimits } from "../text-limits.ts";
import type { ButtonTexts } from "../text-parts.ts";
import { presets } from "./words.ts";

const marks = {
  draft: "draft",
  training: "in training",
  failed: "failed",
  ready: "ready",
} as const satisfies Record<AvatarStatus, string>;

export const englishButtons = {
  "button.portrait": () => "Portrait",
  "button.style": () => "Style",
  "button.female": () => "Female",
  "button.male": () => "Male",
  "button.unspecified": () => "Prefer not to say",
  "button.anyone": () => "Anyone",
  "button.resume": () => "Go on",
  "button.restart": () => "Start over",
  "button.create": () => "Create an avatar",
  "button.avatars": () => "Show my avatars",
  "button.language": () => "Switch to English",
  "button.undo": () => "Undo last photo",
  "button.continue": () => "Continue",
  "button.preset": ({ preset, chosen }) => `${chosen ? "✓ " : ""}${capitalised(presets[preset])}`,
  "button.train": () => "Start training",
  "button.train-again": () => "Train again",
  "button.more-photos": () => "Add photos",
  "button.cancel-training": () => "Cancel training",
  "button.keep-training": () => "Keep training",
  "button.avatar": ({ name, status, main }) => {
    const mark = `, ${marks[status]}${main ? ", main" : ""}`;
    return `${shorten(name, textLimits.button - mark.length)}${mark}`;
  },
  "button.progress": () => "Show progress",
  "button.main": () => "Make it my main avatar",
  "button.rename": () => "Rename",
  "button.delete": () => "Delete avatar",
  "button.delete-draft": () => "Delete draft",
  "button.delete-confirm": () => "Delete for good",
  "button.keep": () => "Keep avatar",
  "button.previous": () => "Show previous",
  "button.next": () => "Show next",
} satisfies ButtonTexts;
