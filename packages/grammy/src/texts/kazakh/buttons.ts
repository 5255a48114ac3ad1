import type { AvatarStatus } from "@likeness/core";
import { capitalised } from "../capitalised.ts";
import { shorten } from "../shorten.ts";
import { textLimits } from "../text-limits.ts";
import type { ButtonTexts } from "../text-parts.ts";
import { presets } from "./words.ts";

const marks = {
  draft: "аяқталмаған",
  training: "оқытылуда",
  failed: "қате",
  ready: "дайын",
} as const satisfies Record<AvatarStatus, string>;

export const kazakhButtons = {
  "button.portrait": () => "Портрет",
  "button.style": () => "Стиль",
  "button.female": () => "Әйел",
  "button.male": () => "Ер",
  "button.unspecified": () => "Көрсетпеу",
  "button.anyone": () => "Кез келген",
  "button.resume": () => "Жалғастыру",
  "button.restart": () => "Қайта бастау",
  "button.create": () => "Аватар жасау",
  "button.avatars": () => "Менің аватарларым",
  "button.language": () => "Қазақшаға ауысу",
  "button.undo": () => "Соңғы фотосуретті жою",
  "button.continue": () => "Жалғастыру",
  "button.preset": ({ preset, chosen }) => `${chosen ? "✓ " : ""}${capitalised(presets[preset])}`,
  "button.train": () => "Оқытуды бастау",
  "button.train-again": () => "Қайта оқыту",
  "button.more-photos": () => "Фотосурет қосу",
  "button.cancel-training": () => "Оқытудан бас тарту",
  "button.keep-training": () => "Жалғаса берсін",
  "button.avatar": ({ name, status, main }) => {
    const mark = `, ${marks[status]}${main ? ", негізгі" : ""}`;
    return `${shorten(name, textLimits.button - mark.length)}${mark}`;
  },
  "button.progress": () => "Оқыту барысын көру",
  "button.main": () => "Негізгі ету",
  "button.rename": () => "Атын өзгерту",
  "button.delete": () => "Аватарды жою",
  "button.delete-draft": () => "Аяқталмаған аватарды жою",
  "button.delete-confirm": () => "Біржола жою",
  "button.keep": () => "Қалдыру",
  "button.previous": () => "Алдыңғылары",
  "button.next": () => "Келесілері",
} satisfies ButtonTexts;
