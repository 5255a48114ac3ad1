import { FormattedString } from "@grammyjs/parse-mode";
import { lines } from "../lines.ts";
import { progressBar, wholePercent } from "../progress-bar.ts";
import type { ProgressTexts } from "../text-parts.ts";
import type { ProgressPhase } from "../texts.ts";
import { remainingTime } from "./words.ts";
import { countOf, percent as shareOf } from "./formats.ts";

const { bold } = FormattedString;

const phases = {
  preparing: "Готовлю фотографии",
  sending: "Передаю фотографии сервису обучения",
  unconfirmed: "Сервис обучения пока не подтвердил запрос; это проверяется, деньги дважды не спишутся",
  queued: "В очереди",
  running: "Обучение",
} as const satisfies Record<ProgressPhase, string>;

const outcomes = { succeeded: "Обучение завершено", failed: "Обучение не удалось", cancelled: "Обучение отменено" };

const ahead = (position: number): string =>
  position === 0
    ? ": впереди никого"
    : `: впереди ${countOf(position, { one: "запрос", few: "запроса", many: "запросов", other: "запроса" })}`;

export const russianProgress = {
  progress: ({ name, phase, position, percent, remaining, previous }) => {
    const known = phase === "running" ? percent : undefined;
    const share = known === undefined ? "" : `: ${shareOf(wholePercent(known))}`;
    const place = phase === "queued" && position !== undefined ? ahead(position) : "";
    const time = phase === "unconfirmed" ? undefined : remainingTime(remaining);
    return lines(
      bold(name),
      `${phases[phase]}${share}${place}${time === undefined ? "" : `, ${time}`}`,
      "Чат можно закрыть: я напишу, когда всё будет готово.",
      previous ? "А пока можно рисовать с прежней моделью: /images." : undefined,
      known === undefined ? undefined : progressBar(known),
    );
  },
  "progress.ended": ({ name, outcome }) => lines(bold(name), outcomes[outcome]),
} satisfies ProgressTexts;
