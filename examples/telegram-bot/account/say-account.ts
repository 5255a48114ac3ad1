import type { TrustedAccount } from "@likeness/core";
import { readAccount, trustAccount } from "@likeness/core/use-cases";
import { databaseProblem, refused, type Answer } from "../operator/answer.ts";
import type { OperatorContext } from "../operator/run-command.ts";

/** Only fal signs for all its customers with the same keys. */
const provider = "fal";

/** Prints whose webhooks are taken. */
export const showAccount = (context: OperatorContext): Promise<Answer> =>
  readAccount(context, { provider }).match(say, (failure) => refused([databaseProblem(failure)]));

/** Names the account whose webhooks are taken from now on, and prints it. */
export const nameAccount = (context: OperatorContext, account: string): Promise<Answer> => change(context, account);

/** Forgets the account, so that the next webhook about an order tells it, and says so. */
export const forgetAccount = (context: OperatorContext): Promise<Answer> => change(context, undefined);

const change = (context: OperatorContext, account: string | undefined): Promise<Answer> =>
  trustAccount(context, { operator: context.operator, provider, account }).match(say, (error) =>
    refused([
      error.type === "invalid-account" ? "An account is 1 to 200 characters on one line." : databaseProblem(error),
    ]),
  );

const say = (known: TrustedAccount): Answer => ({
  lines:
    known.type === "known"
      ? [
          `Webhooks of fal are taken for ${known.account.account}, ${sources[known.account.by]} ${known.account.since}.`,
          "FAL_USER_ID, where it is set, counts in its place.",
        ]
      : ["It is not known whose webhooks of fal are ours: the first one about an order of ours tells it."],
  exitCode: 0,
});

const sources = { delivery: "learned from a webhook at", operator: "named by an operator at" } as const;
