import { kyselyCredits, type KyselyCredits } from "@likeness/kysely";
import type { OperatorContext } from "../operator/run-command.ts";

/** The ledger of the bot. An operator places no orders, so it needs no prices. */
export const ledgerOf = ({ db, clock }: Pick<OperatorContext, "db" | "clock">): KyselyCredits =>
  kyselyCredits(db, { prices: { training: 0, image: 0, upscale: 0 }, clock });
