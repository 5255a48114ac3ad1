import { fmt, FormattedString } from "@grammyjs/parse-mode";
import { lines } from "../lines.ts";
import { textLimits } from "../text-limits.ts";
import type { PhotoTexts } from "../text-parts.ts";
import type { PhotoCount } from "../texts.ts";
import { photoReason } from "./photo-reason.ts";
import { photos, photosAccusative, photosGenitive, range } from "./words.ts";

const { bold } = FormattedString;

const photoAdvice = {
  portrait: [
    "На хороших фотографиях одно лицо, резко и при хорошем свете: с разных ракурсов, в разных местах, при разном освещении.",
    "Не подойдут солнечные очки, маски, сильные фильтры и групповые снимки.",
  ],
  style: [
    "Хорошие картинки похожи друг на друга: одна техника, цвета и настроение, но разные предметы.",
    "Не подойдут рамки, надписи и водяные знаки.",
  ],
} as const;

const verdict = ({ accepted, minimum, maximum }: PhotoCount): string => {
  if (accepted < minimum) return `Ещё нужно: ${photos(minimum - accepted)}.`;
  if (accepted < maximum) return "Этого достаточно. Можно отправить ещё или продолжить.";
  return "Больше мест нет. Можно продолжить.";
};

export const russianPhotos = {
  "photos.prompt": ({ name, kind, accepted, minimum, maximum }) =>
    lines(
      fmt`Теперь отправьте фотографии для аватара ${bold(name)}. Нужно ${range(minimum, maximum)}.`,
      accepted > 0 ? `Уже принято: ${accepted}.` : undefined,
      "",
      ...photoAdvice[kind],
      "",
      "Отправляйте по одной, альбомом или файлами (JPEG, PNG или WebP), до 20 МБ каждую. Файлы сохраняют полное качество.",
    ),
  "photos.status": ({ name, accepted, minimum, maximum, checking, rejected, moreRejected }) => {
    const listed = rejected.slice(0, textLimits.listedRejections);
    const unlisted = rejected.length - listed.length + moreRejected;
    const notTaken = listed.length + unlisted;
    return lines(
      bold(name),
      `Принято: ${accepted} из ${range(minimum, maximum)}`,
      checking > 0 ? `Проверяется: ${checking}` : undefined,
      notTaken > 0 ? `Не принято: ${notTaken}` : undefined,
      "",
      ...listed.map(({ number, rejection }) => `Фото ${number}: ${photoReason(rejection)}`),
      unlisted > 0 ? `Другие непринятые: ${unlisted}` : undefined,
      notTaken > 0 ? "" : undefined,
      verdict({ accepted, minimum, maximum }),
    );
  },
  "photo.rejected": ({ number, rejection }) => `Фото ${number} не принято. ${photoReason(rejection)}`,
  "photos.full": ({ maximum, ever }) =>
    ever
      ? `Для этого аватара уже пришло ${photos(maximum)}, считая непринятые, и больше нельзя. Продолжайте с теми, что есть, или создайте новый аватар.`
      : `Больше места нет: принимаю не больше ${photosGenitive(maximum)}. Уберите последнюю, чтобы заменить её, или продолжайте.`,
  "toast.checking": ({ checking }) => `Подождите немного: ещё проверяю ${photosAccusative(checking)}.`,
  "toast.missing": ({ missing, accepted, minimum }) =>
    `Отправьте ещё ${photosAccusative(missing)}: принято ${accepted}, нужно не меньше ${minimum}.`,
  "toast.undone": ({ number }) => `Фото ${number} убрано.`,
  "toast.nothing-to-undo": () => "Убирать нечего.",
} satisfies PhotoTexts;
