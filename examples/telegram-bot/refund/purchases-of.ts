import type { Purchases } from "@likeness/core";
import { kyselyPurchases } from "@likeness/kysely";
import { ledgerOf } from "../credits/ledger-of.ts";
import type { OperatorContext } from "../operator/run-command.ts";

/** The payments of the bot. */
export const purchasesOf = (context: Pick<OperatorContext, "db" | "jobsWithin" | "clock">): Purchases =>
  kyselyPurchases(context.db, { credits: ledgerOf(context), jobs: context.jobsWithin });
