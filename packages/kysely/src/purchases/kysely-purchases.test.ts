import { describePurchases } from "@likeness/testing";
import { emptiedPostgres } from "../__fixtures__/temporary-postgres.ts";
import { temporarySqlite } from "../__fixtures__/temporary-sqlite.ts";
import { kyselyCredits } from "../credits/kysely-credits.ts";
import { kyselyPurchases } from "./kysely-purchases.ts";

const prices = { training: 100, image: 10, upscale: 5 };

for (const [name, open] of [
  ["Kysely on SQLite", temporarySqlite],
  ["Kysely on PostgreSQL", emptiedPostgres],
] as const)
  describePurchases(name, async (jobs) => {
    const { db } = await open();
    const credits = kyselyCredits(db, { prices });
    return { ledger: credits, purchases: kyselyPurchases(db, { credits, jobs: () => jobs }) };
  });
