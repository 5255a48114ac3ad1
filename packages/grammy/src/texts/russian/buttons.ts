import type { AvatarStatus, Preset } from "@likeness/core";
import { shorten } from "../shorten.ts";
import { textLimits } from "../text-limits.ts";
import type { ButtonTexts } from "../text-parts.ts";

const marks = {
  draft: "черновик",
  training: "учится",
  failed: "ошибка",
  ready: "готов",
} as const satisfies Record<AvatarStatus, string>;

const presetLabels = {
  fast: "Быстро",
  balanced: "Сбалансированно",
  quality: "Качественно",
} as const satisfies Record<Preset, string>;

export const russianButtons = {
  "button.portrait": () => "Выбрать портрет",
  "button.style": () => "Выбрать стиль",
  "button.female": () => "Указать женский",
  "button.male": () => "Указать мужской",
  "button.unspecified": () => "Не указывать",
  "button.resume": () => "Продолжить",
  "button.restart": () => "Начать заново",
  "button.create": () => "Создать аватар",
  "button.avatars": () => "Показать мои аватары",
  "button.language": () => "Перейти на русский",
  "button.undo": () => "Убрать последнюю",
  "button.continue": () => "Продолжить",
  "button.preset": ({ preset, chosen }) => `${chosen ? "✓ " : ""}${presetLabels[preset]}`,
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
