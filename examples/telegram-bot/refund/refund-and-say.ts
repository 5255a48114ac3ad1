import type { PaymentView, RefundOrdered, RefundPaymentError } from "@likeness/core";
import { databaseProblem, type Answer } from "../operator/answer.ts";
import type { OperatorContext } from "../operator/run-command.ts";

/** Orders a refund, which the bot then makes, and prints a line about it. */
export const refundAndSay = ({ commands, operator }: OperatorContext, chargeId: string): Promise<Answer> =>
  commands.refund({ operator, chargeId }).match(
    ({ type, payment }): Answer => ({ lines: [outcomes[type](payment)], exitCode: 0 }),
    (error): Answer => ({ lines: [problemIn(error, chargeId)], exitCode: 1 }),
  );

const outcomes = {
  ordered: ({ amount, ownerId, chargeId }) =>
    `Ordered: the bot gives ${amount} Stars back to ${ownerId} and tells them. The payment: ${chargeId}`,
  "refunded-before": ({ chargeId, refundedAt }) => `Nothing to do: ${chargeId} was given back at ${refundedAt}.`,
} as const satisfies Record<RefundOrdered["type"], (payment: PaymentView) => string>;

function problemIn(error: RefundPaymentError, chargeId: string): string {
  switch (error.type) {
    case "storage-failure":
      return databaseProblem(error);
    case "nothing-sold":
      return "Nothing is sold in this deployment.";
    case "payment-not-found":
      return `There is no payment ${chargeId}. If Telegram has it, the bot stores it when it compares the payments next.`;
  }
}
