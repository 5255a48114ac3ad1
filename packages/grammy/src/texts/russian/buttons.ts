import type { AvatarStatus } from "@likeness/core";
import { capitalised } from "../capitalised.ts";
import { shorten } from "../shorten.ts";
import { textLimits } from "../text-limits.ts";
import type { ButtonTexts } from "../text-parts.ts";
import { presets } from "./words.ts";

const marks = {
  draft: "черновик",
  training: "обучается",
  failed: "ошибка",
  ready: "готов",
} as const satisfies Record<AvatarStatus, string>;

export const russianButtons = {
  "button.portrait": () => "Портрет",
  "button.style": () => "Стиль",
  "button.female": () => "Женский",
  "button.male": () => "Мужской",
  "button.unspecified": () => "Не указывать",
  "button.anyone": () => "Любой",
  "button.resume": () => "Продолжить",
  "button.restart": () => "Начать заново",
  "button.create": () => "Создать аватар",
  "button.avatars": () => "Показать мои аватары",
  "button.language": () => "Перейти на русский",
  "button.undo": () => "Удалить последнее фото",
  "button.continue": () => "Продолжить",
  "button.preset": ({ preset, chosen }) => `${chosen ? "✓ " : ""}${capitalised(presets[preset])}`,
  "button.train": () => "Начать обучение",
  "button.train-again": () => "Обучить ещё раз",
  "button.more-photos": () => "Добавить фотографии",
  "button.cancel-training": () => "Отменить обучение",
  "button.keep-training": () => "Не отменять",
  "button.avatar": ({ name, status, main }) => {
    const mark = `, ${marks[status]}${main ? ", основной" : ""}`;
    return `${shorten(name, textLimits.button - mark.length)}${mark}`;
  },
  "button.progress": () => "Показать ход обучения",
  "button.main": () => "Сделать основным",
  "button.rename": () => "Переименовать",
  "button.delete": () => "Удалить аватар",
  "button.delete-draft": () => "Удалить черновик",
  "button.delete-confirm": () => "Удалить навсегда",
  "button.keep": () => "Не удалять",
  "button.previous": () => "Показать предыдущие",
  "button.next": () => "Показать следующие",
} satisfies ButtonTexts;
