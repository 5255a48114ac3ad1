import { testClock } from "@likeness/testing";
import type { CompiledQuery } from "kysely";
import { expect, it } from "vitest";
import { temporarySqlite } from "../__fixtures__/temporary-sqlite.ts";
import { useTheLedger } from "../__fixtures__/use-the-ledger.ts";
import { useTheShop } from "../__fixtures__/use-the-shop.ts";
import { kyselyPurchases } from "../purchases/kysely-purchases.ts";
import { sqliteJobQueue } from "../sqlite/sqlite-job-queue.ts";
import { kyselyCredits } from "./kysely-credits.ts";

/** Both have only payments that somebody has to do something about. */
const few = /USING INDEX likeness_payment_(attention|untold)$/;

const isSlow = (step: string): boolean => /^SCAN|TEMP B-TREE/.test(step) && !few.test(step);

it("credits and purchases have an index for every question that is asked", async () => {
  const asked: CompiledQuery[] = [];
  const { db, database } = await temporarySqlite(({ query }) => void asked.push(query));
  asked.length = 0;
  const credits = kyselyCredits(db, { prices: { training: 10, image: 1, upscale: 1 } });
  await useTheLedger(credits);
  await useTheShop(kyselyPurchases(db, { credits, jobs: sqliteJobQueue(db, { clock: testClock() }).within }));

  const statements = asked.filter(({ sql }) => /^(select|insert|update|delete)/.test(sql));
  const plans = statements.map(({ sql, parameters }) => ({
    sql,
    steps: (database.prepare(`explain query plan ${sql}`).all(...parameters) as { readonly detail: string }[]).map(
      ({ detail }) => detail,
    ),
  }));
  expect(plans.filter(({ steps }) => steps.some(isSlow))).toStrictEqual([]);
  const open = plans.find(({ sql }) => sql.startsWith("select") && sql.includes("'held'"));
  expect(open?.steps.join()).toContain("likeness_credit_hold_open");
});
