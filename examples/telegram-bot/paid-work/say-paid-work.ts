import type { PaidWork } from "@likeness/core";
import { databaseProblem, type Answer } from "../operator/answer.ts";
import type { OperatorContext, Reply } from "../operator/run-command.ts";

/** Prints whether new orders are taken, and what was spent today. */
export const showPaidWork = (context: OperatorContext): Promise<Answer> => say(context, undefined);

const turns = { on: "on", off: "off", show: undefined } as const;

/** Switches paid work, for every process of the deployment at once, and prints how it stands then. */
export async function switchPaidWork(context: OperatorContext, word: string): Promise<Reply> {
  return isTurn(word) ? say(context, turns[word]) : "misused";
}

const isTurn = (word: string): word is keyof typeof turns => Object.hasOwn(turns, word);

const say = ({ commands, operator }: OperatorContext, turn: "on" | "off" | undefined): Promise<Answer> =>
  commands.paidWork(turn && { operator, turn }).match(
    (paidWork): Answer => ({ lines: linesOf(paidWork), exitCode: 0 }),
    (failure): Answer => ({ lines: [databaseProblem(failure)], exitCode: 1 }),
  );

function linesOf({ state, setting, switch: switched, switchedAt, spentToday, cap }: PaidWork): string[] {
  const since = switchedAt === undefined ? "never switched" : `since ${switchedAt}`;
  return [
    state === "on" ? "Paid work is on." : "Paid work is off: nothing new is ordered, and what runs goes on.",
    `switch: ${switched} (${since})`,
    setting === "off" ? "PAID_WORK is off here, which no switch overrules." : "PAID_WORK is on here.",
    cap === undefined
      ? "DAILY_SPEND_CAP is not set here, so nothing is counted."
      : `spent since midnight UTC: $${spentToday.toFixed(2)} of $${cap.toFixed(2)}`,
  ];
}
