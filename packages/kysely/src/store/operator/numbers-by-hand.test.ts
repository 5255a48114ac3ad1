import { addSeconds, createLikeness, type Likeness, type Timestamp, type Training } from "@likeness/core";
import {
  aCharge,
  aJob,
  anAvatar,
  aPhoto,
  aPurchase,
  aSnapshot,
  aTraining,
  operatedOrders,
  storeTroubles,
  storeWithAvatar,
  testClock,
  testPorts,
  testStart,
  valueOf,
} from "@likeness/testing";
import { sql, type Kysely } from "kysely";
import { describe, expect, it } from "vitest";
import { temporaryPostgres } from "../../__fixtures__/temporary-postgres.ts";
import { temporarySqlite } from "../../__fixtures__/temporary-sqlite.ts";
import { kyselyCredits } from "../../credits/kysely-credits.ts";
import type { Database } from "../../database.ts";
import { kyselyPurchases } from "../../purchases/kysely-purchases.ts";
import { sqliteJobQueue } from "../../sqlite/sqlite-job-queue.ts";
import { kyselyStore } from "../kysely-store.ts";

/** What is written differently in the two languages. */
interface Dialect {
  /** A text of a JSON column. */
  json(column: string, field: string): string;
  /** Seconds from one column of a time to another one. */
  seconds(from: string, to: string): string;
}

const sqlite: Dialect = {
  json: (column, field) => `json_extract(${column}, '$.${field}')`,
  seconds: (from, to) => `round((julianday(${to}) - julianday(${from})) * 86400)`,
};
const postgres: Dialect = {
  json: (column, field) => `(${column}::json ->> '${field}')`,
  seconds: (from, to) => `round(extract(epoch from ${to}::timestamptz - ${from}::timestamptz))`,
};

const dayLater = (days: number): Timestamp => addSeconds(testStart, days * 86_400);

/** Trainings of two presets and endpoints that took from 100 s to 1,200 s, in three days. */
const succeeded = (): Training[] =>
  Array.from({ length: 12 }, (_, index) => {
    const snapshot = aSnapshot({
      preset: index % 3 === 0 ? "fast" : "balanced",
      endpoint: index % 2 === 0 ? "one/trainer" : "two/trainer",
    });
    const training = aTraining("succeeded", { snapshot, createdAt: dayLater(-(index % 3)) });
    const finishedAt = addSeconds(training.createdAt, 100 * (index + 1));
    const ranSeconds = index % 4 === 0 ? undefined : 10 * index;
    return { ...training, state: { ...training.state, finishedAt, ranSeconds } as Training["state"] };
  });

/** A deployment with orders in every status, each trouble, money of three days and jobs of every kind. */
async function troubledOn(db: Kysely<Database>): Promise<Likeness> {
  const clock = testClock();
  const queue = sqliteJobQueue(db, { clock });
  const store = kyselyStore(db, { jobs: queue.within });
  const credits = kyselyCredits(db, { prices: { training: 10, image: 0, upscale: 0 }, clock });
  const purchases = kyselyPurchases(db, { credits, jobs: queue.within });
  const likeness = createLikeness({ ...testPorts({ clock, store, queue, credits, purchases }).ports, purchases });

  await storeTroubles(store);
  for (const { order } of operatedOrders()) await storeWithAvatar(store, order);
  for (const training of succeeded()) await storeWithAvatar(store, training);
  const { id: avatarId } = await valueOf(store.avatars.save(anAvatar()));
  for (const [index, code] of (["empty", "truncated", "empty"] as const).entries())
    await valueOf(
      store.photos.save(aPhoto({ avatarId, number: index + 1, state: { status: "rejected", rejection: { code } } })),
    );
  await valueOf(store.photos.save(aPhoto({ avatarId, number: 4 })));

  for (const days of [0, 0, 1]) {
    const purchase = aPurchase({ createdAt: dayLater(-days) });
    await valueOf(purchases.open(purchase));
    const charge = aCharge(purchase, { at: dayLater(-days) });
    await valueOf(purchases.pay(charge));
    if (days === 1) await valueOf(purchases.refunded({ ...charge, at: testStart }));
    else await valueOf(purchases.askRefund({ chargeId: charge.chargeId, ownerId: charge.ownerId, at: testStart }));
  }
  await valueOf(credits.adjust({ ownerId: "telegram:42", amount: -3, reference: "by hand", reason: "correction" }));
  await sql`insert into likeness_spending (day, amount) values ('2026-11-22', 15000), ('2026-11-23', 27500)`.execute(
    db,
  );

  for (const key of ["one", "two"]) await valueOf(queue.enqueue({ ...aJob(), kind: "example.dead", key }));
  const dies = () => Promise.reject(new Error("never"));
  for (const { ended } of await valueOf(
    sqliteJobQueue(db, { clock, maximumAttempts: 1 }).claimDue({ "example.dead": dies as never }, 10),
  ))
    await ended;
  await valueOf(queue.enqueue({ ...aJob(), kind: "example.late", key: "three", runAt: testStart }));
  await clock.advance(2 * 3_600);
  return likeness;
}

type Row = Readonly<Record<string, unknown>>;

describe.each([
  ["SQLite", async () => (await temporarySqlite()).db, sqlite],
  ["PostgreSQL", async () => (await temporaryPostgres()).db, postgres],
] as const)("what operators are told, counted by hand on %s", (_, open, { json, seconds }) => {
  it("is what plain SQL counts: what waits, what needs a person, success, durations and money", async () => {
    const db = await open();
    const likeness = await troubledOn(db);
    const rowsOf = async (statement: string): Promise<Row[]> => {
      const { rows } = await sql.raw<Row>(statement).execute(db);
      // PostgreSQL counts in strings.
      return rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [
            name,
            typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value,
          ]),
        ),
      );
    };
    const { at, counts, needs } = await valueOf(likeness.operator.inspect({ limit: 100 }));

    const ages = (time: string) =>
      [900, 3_600, 86_400].map((age) => `sum(case when ${time} < '${addSeconds(at, -age)}' then 1 else 0 end)`);
    const waiting = (of: string, kind: string, status: string, time: string, rest: string) => {
      const [late, later, latest] = ages(time);
      return `select '${of}' as of_what, ${kind} as kind, ${status} as status, count(*) as count,
        count(*) - ${late} as quarter, ${late} - ${later} as hour, ${later} - ${latest} as day, ${latest} as older,
        min(${time}) as oldest from ${rest} group by 2, 3`;
    };
    const jobState =
      "case when dead_at is not null then 'dead' when lease_owner is null then 'waiting' else 'running' end";
    const counted = await rowsOf(
      [
        waiting("order", "kind", "status", "created_at", "likeness_order where finished_at is null"),
        waiting("message", "'message'", "status", "created_at", "likeness_notification where status <> 'sent'"),
        waiting("photo", "'photo'", "status", "created_at", "likeness_photo where status = 'pending'"),
        waiting("job", "kind", jobState, "coalesce(dead_at, run_at)", "likeness_job"),
      ].join(" union all "),
    );
    const told = counts.map(({ of, kind, status, count, ages: aged, oldestAt }) => {
      return { of_what: of, kind, status, count, ...aged, oldest: oldestAt };
    });
    expect(new Set(counted)).toStrictEqual(new Set(told));
    expect(new Set(told.map(({ of_what }) => of_what))).toStrictEqual(new Set(["order", "message", "photo", "job"]));

    const training = "kind = 'training'";
    const needed = await rowsOf(
      Object.entries({
        unknown: `likeness_order where status = 'unknown' and submit_started_at < '${addSeconds(at, -900)}'`,
        late: `likeness_order where ${training} and status in ('failed', 'cancelled') and outcome is not null and uncopied = 0`,
        uncopied: `likeness_order where ${training} and outcome is not null and uncopied = 1 and next_check_at is null`,
        deliveries: "likeness_webhook_inbox where outcome = 'malformed'",
        messages: "likeness_notification where status = 'dead'",
        jobs: "likeness_job where dead_at is not null",
        holds: "likeness_credit_hold where state = 'held'",
        payments: "likeness_payment where refunded_at is null and refund_asked_at is not null",
      })
        .map(([need, from]) => `select '${need}' as need, count(*) as count from ${from}`)
        .join(" union all "),
    );
    expect(Object.fromEntries(needed.map(({ need, count }) => [need, count]))).toStrictEqual(
      Object.fromEntries(Object.entries(needs).map(([need, { items }]) => [need, items.length])),
    );

    const from = "2026-11-21";
    const statistics = await valueOf(likeness.operator.statistics({ from, to: "2026-11-23" }));
    const ended = "finished_at >= '2026-11-21' and finished_at < '2026-11-24'";
    const sumOf = (status: string) => `sum(case when status = '${status}' then 1 else 0 end)`;
    const byKind = await rowsOf(`select kind, ${sumOf("succeeded")} as succeeded, ${sumOf("failed")} as failed,
      ${sumOf("cancelled")} as cancelled, 1.0 * ${sumOf("succeeded")} / (${sumOf("succeeded")} + ${sumOf("failed")}) as rate
      from likeness_order where ${ended} group by kind`);
    expect(new Set(byKind.map(({ rate, ...row }) => ({ ...row, rate: Number(rate).toFixed(6) })))).toStrictEqual(
      new Set(
        statistics.orders.map(({ kind, succeeded: well, failed, cancelled, successRate = 0 }) => {
          return { kind, succeeded: well, failed, cancelled, rate: successRate.toFixed(6) };
        }),
      ),
    );
    const reasons = await rowsOf(`select kind, failure_reason as reason, count(*) as count from likeness_order
      where ${ended} and status = 'failed' group by 1, 2`);
    expect(new Set(reasons)).toStrictEqual(
      new Set(statistics.orders.flatMap(({ kind, reasons: all }) => all.map((each) => ({ kind, ...each })))),
    );

    // The row in the middle, and the one that nine of ten do not exceed.
    const nth = (part: string) => `max(case when place = ${part} then took end)`;
    const durations = await rowsOf(`select endpoint, preset, max(size) as count,
        ${nth("(size + 1) / 2")} as median, ${nth("(9 * size + 9) / 10")} as ninth
      from (select endpoint, preset, took, row_number() over (partition by endpoint, preset order by took) as place,
          count(*) over (partition by endpoint, preset) as size
        from (select ${json("snapshot", "endpoint")} as endpoint, ${json("snapshot", "preset")} as preset,
            ${seconds("created_at", "finished_at")} as took
          from likeness_order where ${ended} and status = 'succeeded' and ${training}) as timed) as placed
      group by endpoint, preset`);
    const trainings = statistics.orders.find(({ kind }) => kind === "training");
    expect(new Set(durations)).toStrictEqual(
      new Set(
        trainings?.durations.map(({ endpoint, preset, count, medianSeconds: median, ninthTenthSeconds: ninth }) => {
          return { endpoint, preset, count, median, ninth };
        }),
      ),
    );
    expect(durations.length).toBeGreaterThan(3);

    const money = await rowsOf(`
      select day, 'spent' as what, 'USD' as unit, amount / 10000.0 as amount, 0 as count from likeness_spending
      union all select substr(paid_at, 1, 10), 'paid', currency, sum(amount), count(*) from likeness_payment group by 1, 3
      union all select substr(refunded_at, 1, 10), 'refunded', currency, sum(amount), count(*)
        from likeness_payment where refunded_at is not null group by 1, 3
      union all select substr(created_at, 1, 10), kind, 'credits', sum(amount), count(*) from likeness_credit_entry
        group by 1, 2`);
    expect(new Set(money)).toStrictEqual(new Set(statistics.money));
    expect(new Set(money.map(({ what }) => what))).toStrictEqual(
      new Set(["spent", "paid", "refunded", "top_up", "refund", "adjust"]),
    );

    const photos = await rowsOf(`select ${json("rejection", "code")} as code, count(*) as count from likeness_photo
      where status = 'rejected' group by 1 order by 2 desc`);
    expect(photos).toStrictEqual(statistics.photos.codes);
  });
});
