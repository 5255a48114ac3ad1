import type { Kysely } from "kysely";
import { describe, expect, it } from "vitest";
import { databaseBefore } from "../__fixtures__/former-tables/database-before.ts";
import { laterRows } from "../__fixtures__/former-tables/later-rows.ts";
import { migratingEngines, rowsOf, run } from "../__fixtures__/migrating-engines.ts";
import type { Database } from "../database.ts";

type Rows = readonly Record<string, unknown>[];

async function contentOf(db: Kysely<Database>): Promise<Record<string, Rows>> {
  const tables = (await db.introspection.getTables()).map(({ name }) => name);
  const ours = tables.filter((name) => name.startsWith("likeness_") && !name.includes("migration"));
  const content = ours.map(async (name) => [name, (await rowsOf(db, `select * from ${name}`)) as Rows] as const);
  return Object.fromEntries(await Promise.all(content));
}

/** The rows with the columns that they had. */
const withColumnsOf = (former: Rows, rows: Rows = []): Rows =>
  rows.map((row) => Object.fromEntries(Object.keys(former[0] ?? {}).map((column) => [column, row[column]])));

describe.each(migratingEngines)("a database of an earlier version on $engine", (migrating) => {
  it("keeps every row as it was at every step that only adds", async () => {
    // The steps since 0012. Each only adds: tables, columns, and rows of its own.
    const [first = "", ...rest] = Object.keys(migrating.steps).filter((step) => step > "0013");
    const { db, takeUntil } = await databaseBefore(migrating, first);
    for (const step of [first, ...rest]) {
      const before = await contentOf(db);
      const empty = Object.keys(before).filter((table) => before[table]?.length === 0);
      expect({ step, empty }).toStrictEqual({ step, empty: [] });
      expect(await takeUntil(step)).toStrictEqual([step]);
      const after = await contentOf(db);
      for (const [table, rows] of Object.entries(before))
        expect({ step, rows: withColumnsOf(rows, after[table]) }).toStrictEqual({
          step,
          rows: expect.arrayContaining([...rows]),
        });
      await run(db, ...(laterRows[step] ?? []));
    }
  });
});
