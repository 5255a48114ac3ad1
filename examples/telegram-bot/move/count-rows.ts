import type { Database } from "@likeness/kysely";
import type { Kysely } from "kysely";

/** Rows by the table that has them. */
export type Counts = Readonly<Record<string, number>>;

export async function countRows(db: Kysely<Database>, tables: readonly string[]): Promise<Counts> {
  const counted: [string, number][] = [];
  for (const table of tables) {
    const { rows } = await db
      .withTables<Record<string, object>>()
      .selectFrom(table)
      .select(({ fn }) => fn.countAll().as("rows"))
      .executeTakeFirstOrThrow();
    counted.push([table, Number(rows)]);
  }
  return Object.fromEntries(counted);
}

/** The tables that have rows. */
export const filled = (counts: Counts): Counts =>
  Object.fromEntries(Object.entries(counts).filter(([, rows]) => rows > 0));
