import type { Payment } from "@likeness/core";
import { databaseProblem, type Answer } from "../operator/answer.ts";
import type { OperatorContext } from "../operator/run-command.ts";
import { purchasesOf } from "./purchases-of.ts";

const most = 100;

/** Prints the payments that need an operator, one line each, newest first. */
export const sayPayments = (context: OperatorContext): Promise<Answer> =>
  purchasesOf(context)
    .listPayments({ need: "attention" }, most)
    .match(
      (payments): Answer => ({
        lines:
          payments.length === 0
            ? ["There are no payments that need an operator."]
            : [
                ...payments.map(lineOf),
                `npm run refund -- <charge id> gives one back. Shown are the newest, ${most} at most.`,
              ],
        exitCode: 0,
      }),
      (failure): Answer => ({ lines: [databaseProblem(failure)], exitCode: 1 }),
    );

const lineOf = ({ chargeId, paidAt, amount, credits, ownerId, ...payment }: Payment): string =>
  `${chargeId}  ${paidAt}  ${amount} Stars, ${credits} credits, of ${ownerId}: ${why(payment)}`;

function why({ state, refundAskedAt, refundOrderedAt }: Pick<Payment, "state" | "refundAskedAt" | "refundOrderedAt">) {
  if (refundOrderedAt !== undefined) return `ordered to be given back at ${refundOrderedAt}`;
  if (refundAskedAt !== undefined) return `its owner asked for the money at ${refundAskedAt}`;
  return state === "unassigned" ? "not assigned" : state;
}
