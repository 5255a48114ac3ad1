import type { AgeLimits, RowCount, Timestamp } from "@likeness/core";
import { sql, type Expression, type Kysely, type RawBuilder } from "kysely";
import type { Database } from "../../database.ts";

/** Rows to be counted. */
export interface CountedRows {
  readonly of: RowCount["of"];
  readonly table: keyof Database;
  /** Columns, or constants. */
  readonly kind: Expression<string>;
  readonly status: Expression<string>;
  readonly time: string;
  readonly where: RawBuilder<boolean>;
  /** Only so many of the newest are counted; absent: all. */
  readonly most?: number | undefined;
}

interface CountRow {
  readonly kind: string;
  readonly status: string;
  readonly oldest_at: Timestamp;
  readonly quarter: number | string;
  readonly hour: number | string;
  readonly day: number | string;
  readonly older: number | string;
}

/** Counts rows by kind, status and age, in one statement. */
export async function countRows(
  db: Kysely<Database>,
  { of, table, kind, status, time, where, most }: CountedRows,
  { quarter, hour, day }: AgeLimits,
): Promise<RowCount[]> {
  const at = sql.ref(time);
  const all = sql`${sql.table(table)} where ${where}`;
  const rowsOf = most === undefined ? all : sql`(select * from ${all} order by ${at} desc limit ${most}) newest`;
  const { rows } = await sql<CountRow>`
    select ${kind} as kind, ${status} as status, min(${at}) as oldest_at,
      count(*) filter (where ${at} >= ${quarter}) as quarter,
      count(*) filter (where ${at} < ${quarter} and ${at} >= ${hour}) as hour,
      count(*) filter (where ${at} < ${hour} and ${at} >= ${day}) as day,
      count(*) filter (where ${at} < ${day}) as older
    from ${rowsOf} group by 1, 2 order by 1, 2`.execute(db);
  const counts = rows.map((row): RowCount => {
    const ages = {
      quarter: Number(row.quarter),
      hour: Number(row.hour),
      day: Number(row.day),
      older: Number(row.older),
    };
    const count = ages.quarter + ages.hour + ages.day + ages.older;
    return { of, kind: row.kind, status: row.status, count, ages, oldestAt: row.oldest_at };
  });
  const counted = counts.reduce((sum, { count }) => sum + count, 0);
  return counted === most ? counts.map((count) => ({ ...count, more: true })) : counts;
}
