import type { Payment, PaymentState } from "@likeness/core";
import { databaseProblem, type Answer } from "../operator/answer.ts";
import type { OperatorContext } from "../operator/run-command.ts";
import { purchasesOf } from "./purchases-of.ts";

/** Orders a refund, which the bot then makes, and prints a line about it. */
export const refundAndSay = (context: OperatorContext, chargeId: string): Promise<Answer> =>
  purchasesOf(context)
    .orderRefund({ chargeId, at: context.clock.now() })
    .match(
      (payment): Answer => ({ lines: [outcomes[payment.state](payment)], exitCode: 0 }),
      (error): Answer => ({
        lines: [
          error.type === "storage-failure"
            ? databaseProblem(error)
            : `There is no payment ${chargeId}. If Telegram has it, the bot stores it when it compares the payments next.`,
        ],
        exitCode: 1,
      }),
    );

const ordered = ({ amount, ownerId, chargeId }: Payment): string =>
  `Ordered: the bot gives ${amount} Stars back to ${ownerId} and tells them. The payment: ${chargeId}`;

const outcomes = {
  booked: ordered,
  unassigned: ordered,
  refunded: ({ chargeId, refundedAt }) => `Nothing to do: ${chargeId} was given back at ${refundedAt}.`,
} as const satisfies Record<PaymentState, (payment: Payment) => string>;
