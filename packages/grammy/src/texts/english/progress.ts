import { FormattedString } from "@grammyjs/parse-mode";
import { lines } from "../lines.ts";
import { progressBar, wholePercent } from "../progress-bar.ts";
import type { ProgressTexts } from "../text-parts.ts";
import type { ProgressPhase } from "../texts.ts";
import { remainingTime } from "./words.ts";
import { countOf, percent as shareOf } from "./formats.ts";

const { bold } = FormattedString;

const phases = {
  preparing: "Preparing the photos",
  sending: "Sending the photos to the training service",
  unconfirmed: "Not confirmed by the training service yet; it is being checked, and you will not be charged twice",
  queued: "In the queue",
  running: "Training",
} as const satisfies Record<ProgressPhase, string>;

const outcomes = { succeeded: "Training finished", failed: "Training failed", cancelled: "Training cancelled" };

const ahead = (position: number): string =>
  position === 0 ? ": next in line" : `: ${countOf(position, { one: "request", other: "requests" })} ahead`;

export const englishProgress = {
  progress: ({ name, phase, position, percent, remaining, previous }) => {
    const known = phase === "running" ? percent : undefined;
    const share = known === undefined ? "" : `: ${shareOf(wholePercent(known))}`;
    const place = phase === "queued" && position !== undefined ? ahead(position) : "";
    const time = phase === "unconfirmed" ? undefined : remainingTime(remaining);
    return lines(
      bold(name),
      `${phases[phase]}${share}${place}${time === undefined ? "" : `, ${time}`}`,
      "You can leave this chat: I’ll write when it’s done.",
      previous ? "Until then, /images draws with the previous model." : undefined,
      known === undefined ? undefined : progressBar(known),
    );
  },
  "progress.ended": ({ name, outcome }) => lines(bold(name), outcomes[outcome]),
} satisfies ProgressTexts;
