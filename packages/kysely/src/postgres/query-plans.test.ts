import { systemClock, type Store } from "@likeness/core";
import { planSteps, type Explained, type PlanStep } from "@likeness/test-postgres/plan-steps.ts";
import { sql, type CompiledQuery, type Kysely } from "kysely";
import { okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { kyselyCredits } from "../credits/kysely-credits.ts";
import type { Database } from "../database.ts";
import { kyselyPurchases } from "../purchases/kysely-purchases.ts";
import { jobRecords } from "../sqlite/job-records.ts";
import { kyselyStore } from "../store/kysely-store.ts";
import { fillPostgres } from "../__fixtures__/fill-postgres.ts";
import { operatorQuestions } from "../__fixtures__/operator-questions.ts";
import { notingCalls } from "../__fixtures__/noting-calls.ts";
import { temporaryPostgres } from "../__fixtures__/temporary-postgres.ts";
import { useEverything } from "../__fixtures__/use-everything.ts";
import { useTheLedger } from "../__fixtures__/use-the-ledger.ts";
import { useTheShop } from "../__fixtures__/use-the-shop.ts";

/** Both have only payments that somebody has to do something about. */
const few = new Set(["likeness_payment_attention", "likeness_payment_untold"]);

/** These look at every row, or at more than are wanted. */
const unindexed = ({ "Node Type": type, "Index Cond": condition, "Index Name": index = "" }: PlanStep): boolean =>
  type === "Seq Scan" || type === "Sort" || (type.includes("Index") && condition === undefined && !few.has(index));

async function planOf(db: Kysely<Database>, { sql: text, parameters }: CompiledQuery): Promise<PlanStep[]> {
  const explain = { ...sql.raw("").compile(db), sql: `explain (format json) ${text}`, parameters };
  return planSteps((await db.executeQuery<{ readonly "QUERY PLAN": readonly Explained[] }>(explain)).rows);
}

describe("the tables on PostgreSQL", () => {
  it("have an index for every question that is asked", async () => {
    const asked: CompiledQuery[] = [];
    const { db } = await temporaryPostgres({ onQuery: ({ query }) => void asked.push(query) });
    const store: Store = kyselyStore(db, { jobs: () => ({ enqueue: () => okAsync(undefined) }) });
    const credits = kyselyCredits(db, { prices: { training: 10, image: 1, upscale: 1 } });
    const purchases = kyselyPurchases(db, { credits, jobs: () => ({ enqueue: () => okAsync(undefined) }) });
    await fillPostgres(db, { store, credits, purchases });
    asked.length = 0;
    const noting = notingCalls(store);
    await useEverything(noting.store);
    await useTheLedger(credits);
    await useTheShop(purchases);
    expect(noting.uncalled()).toStrictEqual([]);

    const statements = asked.filter(({ sql: text }) => /^(select|insert|update|delete)/.test(text));
    const slow: string[] = [];
    for (const query of statements) {
      // At most a page of Telegram's list, each by its id.
      if (query.sql.includes('"charge_id" in (')) continue;
      const steps = await planOf(db, query);
      slow.push(...steps.filter(unindexed).map((step) => `${step["Node Type"]}: ${query.sql}`));
    }
    expect(slow).toStrictEqual([]);
    expect(statements.length).toBeGreaterThan(40);
  });

  it("have an index for every question of operators", async () => {
    const asked: CompiledQuery[] = [];
    const { db } = await temporaryPostgres({ onQuery: ({ query }) => void asked.push(query) });
    const store = kyselyStore(db, { jobs: () => ({ enqueue: () => okAsync(undefined) }) });
    const credits = kyselyCredits(db, { prices: { training: 10, image: 1, upscale: 1 } });
    const purchases = kyselyPurchases(db, { credits, jobs: () => ({ enqueue: () => okAsync(undefined) }) });
    await fillPostgres(db, { store, credits, purchases });
    if (!store.operator) throw new Error("the store has its part for operators");
    const jobs = jobRecords(db, { clock: systemClock, wake: () => undefined });
    for (const [name, [ask]] of Object.entries(operatorQuestions)) {
      asked.length = 0;
      expect((await ask({ ...store.operator, jobs })).isOk(), name).toBe(true);
      const queries = asked.filter(({ sql: text }) => text.trim().startsWith("select"));
      for (const query of queries) {
        // The job table stands in for pg-boss; few days have spending, and few erasures are under way.
        if (/likeness_(job|spending|erasure)/.test(query.sql)) continue;
        const steps = await db.connection().execute(async (connection) => {
          // Of the test's rows many are under way, so that a scan would be right.
          await sql`set enable_seqscan = off`.execute(connection);
          return planOf(connection, query);
        });
        const scans = steps.filter(({ "Node Type": type }) => type === "Seq Scan");
        expect(scans, `${name}: ${query.sql}`).toStrictEqual([]);
      }
    }
  });

  it("can be deleted from without looking at every row that could point to the deleted one", async () => {
    const { db } = await temporaryPostgres();
    const children = await sql<{ readonly child: string; readonly indexed: boolean }>`
      select conrelid::regclass::text as child,
        exists (select from pg_index where indrelid = conrelid and indkey[0] = conkey[1] and indpred is null) as indexed
      from pg_constraint where contype = 'f' order by 1`.execute(db);
    expect(children.rows).toStrictEqual(
      ["credit_entry", "credit_hold", "notification", "order", "order_blob", "photo", "picture"].map((child) => ({
        child: `likeness_${child}`,
        indexed: true,
      })),
    );
  });
});
