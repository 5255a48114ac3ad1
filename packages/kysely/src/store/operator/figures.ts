import type { EndedCount, Figures, MoneyRow, OrderTimes, Period, PhotoRejectionCode } from "@likeness/core";
import { sql, type Kysely } from "kysely";
import { attempt } from "../../attempt.ts";
import type { Database } from "../../database.ts";
import { fromJson, notNull, withoutNulls } from "../columns.ts";
import { timesOf, type TimesRow } from "../order-row.ts";

export const figures = (db: Kysely<Database>): Figures => ({
  ended: (kind, { from, to }) =>
    attempt(db, async () => {
      const rows = await db
        .selectFrom("likeness_order")
        .where("kind", "=", kind)
        .where(hasEnded)
        .where("finished_at", ">=", from)
        .where("finished_at", "<", to)
        .groupBy(["status", "failure_reason"])
        .orderBy("status")
        .orderBy("failure_reason")
        .select(({ fn }) => ["status", "failure_reason", fn.countAll().as("count")])
        .execute();
      return rows.map(({ status, failure_reason: reason, count }) => ({
        // Only these statuses have a time of their end.
        status: status as EndedCount["status"],
        ...withoutNulls({ reason }),
        count: Number(count),
      }));
    }),

  times: (kind, { from, to }, limit) =>
    attempt(db, async () => {
      const rows = await db
        .selectFrom("likeness_order")
        .select(["snapshot", "outcome", "created_at", "finished_at"])
        .where("kind", "=", kind)
        .where(hasEnded)
        .where("finished_at", ">=", from)
        .where("finished_at", "<", to)
        .where("status", "=", "succeeded")
        .orderBy("finished_at", "desc")
        .limit(limit)
        .execute();
      return rows.map((row: TimesRow): OrderTimes => timesOf(row));
    }),

  money: (period) => attempt(db, async () => (await Promise.all(moneyOf(db, period))).flat().toSorted(byDay)),

  rejections: ({ from, to }, limit) =>
    attempt(db, async () => {
      const rows = await db
        .selectFrom("likeness_photo")
        .select("rejection")
        // A literal, because a partial index serves only a query that repeats its condition.
        .where("status", "=", sql.lit("rejected" as const))
        .where("created_at", ">=", from)
        .where("created_at", "<", to)
        .orderBy("created_at", "desc")
        .orderBy("id", "desc")
        .limit(limit + 1)
        .execute();
      const counts = new Map<PhotoRejectionCode, number>();
      for (const { rejection } of rows.slice(0, limit)) {
        const { code } = fromJson(notNull(rejection));
        counts.set(code, (counts.get(code) ?? 0) + 1);
      }
      const codes = [...counts].map(([code, count]) => ({ code, count }));
      return {
        codes: codes.toSorted((left, right) => right.count - left.count || (left.code < right.code ? -1 : 1)),
        more: rows.length > limit,
      };
    }),
});

/** A literal, because a partial index serves only a query that repeats its condition. */
const hasEnded = sql<boolean>`status in ('succeeded', 'failed', 'cancelled') and kind <> ''`;

const byDay = (left: MoneyRow, right: MoneyRow): number => {
  const [one, other] = [left, right].map(({ day, what, unit }) => `${day} ${what} ${unit}`);
  return (one ?? "") < (other ?? "") ? -1 : 1;
};

interface SumRow {
  readonly day: string;
  readonly what: MoneyRow["what"];
  readonly unit: string;
  readonly amount: number | string;
  readonly count: number | string;
}

/** Sums by day, each from one index and no rows. */
function moneyOf(db: Kysely<Database>, { from, to }: Period): Promise<MoneyRow[]>[] {
  const sums = (statement: ReturnType<typeof sql<SumRow>>): Promise<MoneyRow[]> =>
    statement
      .execute(db)
      .then(({ rows }) => rows.map((row) => ({ ...row, amount: Number(row.amount), count: Number(row.count) })));
  const payments = (what: "paid" | "refunded", time: string) => {
    const at = sql.ref(time);
    return sums(sql<SumRow>`
      select substr(${at}, 1, 10) as day, ${sql.lit(what)} as what, currency as unit, sum(amount) as amount,
        count(*) as count
      from ${sql.table("likeness_payment")} where ${at} is not null and ${at} >= ${from} and ${at} < ${to}
      group by 1, 3`);
  };
  const spent = db
    .selectFrom("likeness_spending")
    .select(["day", "amount"])
    .where("day", ">=", from.slice(0, 10))
    .where("day", "<", to.slice(0, 10))
    .execute();
  return [
    spent.then((rows) => rows.map(({ day, amount }) => ({ day, what: "spent", unit: "USD", amount, count: 0 }))),
    payments("paid", "paid_at"),
    payments("refunded", "refunded_at"),
    sums(sql<SumRow>`
      select substr(created_at, 1, 10) as day, kind as what, 'credits' as unit, sum(amount) as amount, count(*) as count
      from ${sql.table("likeness_credit_entry")} where created_at >= ${from} and created_at < ${to} group by 1, 2`),
  ];
}
