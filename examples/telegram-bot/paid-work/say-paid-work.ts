import type { PaidWork, TurnPaidWork } from "@likeness/core";
import { turnPaidWork } from "@likeness/core/use-cases";
import { databaseProblem, type Answer } from "../operator/answer.ts";
import type { OperatorContext } from "../operator/run-command.ts";

/** Prints whether new orders are taken, and what was spent today. */
export const showPaidWork = (context: OperatorContext): Promise<Answer> => say(context, {});

const turns: Readonly<Record<string, TurnPaidWork>> = { on: { turn: "on" }, off: { turn: "off" }, show: {} };

/** Switches paid work, for every process of the deployment at once, and prints how it stands then. */
export async function switchPaidWork(context: OperatorContext, word: string): Promise<Answer> {
  const turn = Object.hasOwn(turns, word) ? turns[word] : undefined;
  return turn ? say(context, turn) : { lines: ["usage: npm run paid-work -- on|off|show"], exitCode: 1 };
}

const say = (context: OperatorContext, turn: TurnPaidWork): Promise<Answer> =>
  turnPaidWork(context, turn).match(
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
