import type { AnotherCopy, CopyAgainError, Order } from "@likeness/core";
import { databaseProblem, noSuchTraining, type Answer } from "../operator/answer.ts";
import type { OperatorContext } from "../operator/run-command.ts";

/** Starts the copying of a training's model again and prints a line about the outcome. */
export const copyAndSay = ({ commands, operator }: OperatorContext, trainingId: string): Promise<Answer> =>
  commands.copyAgain({ operator, orderId: trainingId }).match(
    ({ type, order }): Answer => ({ lines: [outcomes[type](order)], exitCode: 0 }),
    (error): Answer => ({ lines: [problemIn(error, trainingId)], exitCode: 1 }),
  );

const outcomes = {
  begun: ({ id, deadlineAt }) => `Begun: the bot copies the model of training ${id}, and tries until ${deadlineAt}.`,
  "under-way": ({ id, nextCheckAt }) =>
    `Under way: the bot copies the model of training ${id} anyway; it looks at it again by ${nextCheckAt}.`,
  stored: ({ id }) => `Nothing to do: the model of training ${id} is copied.`,
} as const satisfies Record<AnotherCopy["type"], (training: Order) => string>;

function problemIn(error: CopyAgainError, trainingId: string): string {
  switch (error.type) {
    case "order-not-found":
      return noSuchTraining(trainingId);
    case "no-outcome":
      return `Nothing to copy: training ${trainingId} is ${error.status} and has no model.`;
    case "storage-failure":
      return databaseProblem(error);
  }
}
