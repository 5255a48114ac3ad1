import type { CreditBalance, LedgerEntry } from "@likeness/core";
import { ok, safeTry } from "neverthrow";
import type { Answer } from "../operator/answer.ts";
import { databaseProblem } from "../operator/answer.ts";
import type { OperatorContext } from "../operator/run-command.ts";
import { ledgerOf } from "./ledger-of.ts";

const most = 20;

/** Prints what an owner has, and the newest entries of the account. */
export function showAndSay(context: OperatorContext, ownerId: string): Promise<Answer> {
  const ledger = ledgerOf(context);
  return safeTry(async function* () {
    const balance = yield* ledger.balance(ownerId);
    const entries = yield* ledger.history(ownerId, { limit: most });
    return ok([`${ownerId} ${balanceLine(balance)}`, ...entries.map(entryLine)]);
  }).match(
    (lines): Answer => ({ lines, exitCode: 0 }),
    ({ cause }): Answer => ({ lines: [databaseProblem({ type: "storage-failure", cause })], exitCode: 1 }),
  );
}

/** e.g. `has 120 credits, 10 of them held`. */
export const balanceLine = ({ balance, held, owed, unit }: CreditBalance): string =>
  [`has ${balance} ${unit}`, held > 0 && `${held} of them held`, owed > 0 && `owes ${owed}`].filter(Boolean).join(", ");

function entryLine({ number, createdAt, kind, amount, owed, reason, reference }: LedgerEntry): string {
  const change = amount > 0 ? `+${amount}` : `${amount}`;
  const debt = owed === 0 ? "" : `, owed ${owed > 0 ? "+" : ""}${owed}`;
  return `${number}  ${createdAt}  ${kind}${reason ? ` (${reason})` : ""}  ${change}${debt}  ${reference}`;
}
