import { FormattedString } from "@grammyjs/parse-mode";
import { lines } from "../lines.ts";
import { progressBar, wholePercent } from "../progress-bar.ts";
import type { ProgressTexts } from "../text-parts.ts";
import type { ProgressPhase } from "../texts.ts";
import { remainingTime } from "./words.ts";
import { number, percent as shareOf } from "./formats.ts";

const { bold } = FormattedString;

const phases = {
  preparing: "Фотосуреттер дайындалып жатыр",
  sending: "Фотосуреттер оқыту сервисіне жіберіліп жатыр",
  unconfirmed: "Оқыту сервисі сұрауды әлі растамады; тексеріп жатырмыз, ақша екі рет алынбайды",
  queued: "Кезекте",
  running: "Оқыту",
} as const satisfies Record<ProgressPhase, string>;

const outcomes = {
  succeeded: "Оқыту аяқталды",
  failed: "Оқыту сәтсіз аяқталды",
  cancelled: "Оқытудан бас тартылды",
};

const ahead = (position: number): string =>
  position === 0 ? ": алда ешкім жоқ" : `: алда ${number(position)} сұрау бар`;

export const kazakhProgress = {
  progress: ({ name, phase, position, percent, remaining, previous }) => {
    const known = phase === "running" ? percent : undefined;
    const share = known === undefined ? "" : `: ${shareOf(wholePercent(known))}`;
    const place = phase === "queued" && position !== undefined ? ahead(position) : "";
    const time = phase === "unconfirmed" ? undefined : remainingTime(remaining);
    return lines(
      bold(name),
      `${phases[phase]}${share}${place}${time === undefined ? "" : `, ${time}`}`,
      "Чатты жаба беріңіз: дайын болғанда жазамын.",
      previous ? "Оған дейін алдыңғы модельмен сурет салуға болады: /images." : undefined,
      known === undefined ? undefined : progressBar(known),
    );
  },
  "progress.ended": ({ name, outcome }) => lines(bold(name), outcomes[outcome]),
} satisfies ProgressTexts;
