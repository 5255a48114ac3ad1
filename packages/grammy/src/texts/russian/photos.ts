import { fmt, FormattedString } from "@grammyjs/parse-mode";
import { lines } from "../lines.ts";
import type { PhotoTexts } from "../text-parts.ts";
import type { PhotoCount } from "../texts.ts";
import { photoReason } from "./photo-reason.ts";
import { number, range } from "./formats.ts";
import { counted, photos, photosAccusative, photosGenitive, priced } from "./words.ts";

const { bold } = FormattedString;

const photoAdvice = {
  portrait: [
    "Лучше всего — одно лицо, чётко и при хорошем свете: с разных ракурсов, в разных местах, при разном освещении.",
    "Не подойдут солнечные очки, маски, сильные фильтры и групповые снимки.",
  ],
  style: [
    "Лучше всего — похожие друг на друга картинки: одна техника, цвета и настроение, но разные предметы.",
    "Не подойдут рамки, надписи и водяные знаки.",
  ],
} as const;

const verdict = ({ accepted, minimum, maximum }: PhotoCount): string => {
  if (accepted < minimum) return `Ещё нужно: ${photos(minimum - accepted)}.`;
  if (accepted < maximum) return "Этого достаточно. Можно отправить ещё или продолжить.";
  return "Набор полный. Можно продолжить.";
};

export const russianPhotos = {
  "photos.prompt": ({ name, kind, accepted, minimum, maximum, price }) =>
    accepted >= maximum
      ? lines(
          fmt`Набор полный: у аватара ${bold(name)} уже ${photos(accepted)}, больше добавить нельзя.`,
          "Продолжите или удалите последнее фото, чтобы отправить вместо него другое.",
        )
      : lines(
          fmt`Теперь отправьте фотографии для аватара ${bold(name)}. Нужно ${range(minimum, maximum)}.`,
          accepted > 0 ? `Уже принято: ${number(accepted)}.` : undefined,
          price && `Обучение потом стоит ${priced(price)}.`,
          "",
          ...photoAdvice[kind],
          "",
          "Отправляйте по одной, альбомом или файлами (JPEG, PNG или WebP), до 20 МБ каждая. В файлах качество не теряется.",
        ),
  "photos.status": ({ name, accepted, minimum, maximum, checking, rejected, moreRejected }) => {
    const notAccepted = rejected.length + moreRejected;
    return lines(
      bold(name),
      `Принято: ${counted({ accepted, minimum, maximum })}`,
      checking > 0 ? `Проверяется: ${number(checking)}` : undefined,
      notAccepted > 0 ? `Не принято: ${number(notAccepted)}. Причины — в ответах на эти фото.` : undefined,
      "",
      verdict({ accepted, minimum, maximum }),
    );
  },
  "photo.rejected": ({ rejection }) => `Это фото не принято. ${photoReason(rejection)}`,
  "photos.full": ({ maximum, ever, enough }) =>
    ever
      ? `Для этого аватара уже отправлено ${photos(maximum)}, считая непринятые, больше нельзя. ${enough ? "Продолжите с теми, что есть, или создайте новый аватар." : "Создайте новый аватар."}`
      : `Больше фото добавить нельзя. Можно использовать до ${photosGenitive(maximum)}. Удалите последнее фото, чтобы заменить его, или продолжите.`,
  "toast.checking": ({ checking }) => `Подождите немного: ещё проверяю ${photosAccusative(checking)}.`,
  "toast.missing": ({ missing, accepted, minimum }) =>
    `Отправьте ещё ${photosAccusative(missing)}: принято ${number(accepted)}, нужно не меньше ${number(minimum)}.`,
  "toast.undone": () => "Последнее фото удалено.",
  "toast.nothing-to-undo": () => "Удалять нечего.",
} satisfies PhotoTexts;
