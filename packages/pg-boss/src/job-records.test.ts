import { addSeconds, systemClock } from "@likeness/core";
import { planSteps } from "@likeness/test-postgres/plan-steps.ts";
import { valueOf } from "@likeness/testing";
import type { Db } from "pg-boss";
import { describe, expect, it, onTestFinished } from "vitest";
import { newDatabase, openPool } from "./__fixtures__/databases.ts";
import { startBoss } from "./__fixtures__/start-boss.ts";
import { pgBossJobQueue } from "./pg-boss-job-queue.ts";

const running = { onTestFinished };

const [many, dead] = [40_000, 40_000];

/** A queue beside many jobs of the host's, and with many dead jobs. `asked` has the statements about jobs. */
async function crowded() {
  const url = await newDatabase();
  const pool = openPool(running, url);
  const boss = await startBoss(running, url, { supervise: false });
  const queue = pgBossJobQueue(boss, { clock: systemClock });
  await valueOf(queue.enqueue({ kind: "example.work", key: "1", payload: null }));
  await boss.createQueue("host");
  await pool.query(
    `insert into pgboss.job (name, singleton_key) select 'host', 'key:' || n from generate_series(1, ${many}) n`,
  );
  await pool.query(`insert into pgboss.job (name, singleton_key, source_name, source_retry_count, created_on)
    select 'likeness/dead-letters', 'dead:' || n, 'likeness/example.work', 0, now() - n * interval '1 second'
    from generate_series(1, ${dead}) n`);
  await pool.query("vacuum analyze pgboss.job_common");
  const db = boss.getDb();
  const ask = db.executeSql.bind(db);
  const asked: (readonly [text: string, values: unknown[] | undefined])[] = [];
  const executeSql: Db["executeSql"] = (text, values) => {
    asked.push([text, values]);
    return ask(text, values);
  };
  Object.assign(db, { executeSql });
  /** The rows that were read for what was asked since the last call. */
  const rowsRead = async (): Promise<number> => {
    let rows = 0;
    for (const [text, values] of asked.splice(0)) {
      if (!text.includes(".job ")) continue;
      const explained = await pool.query(`explain (analyze, format json) ${text}`, values);
      for (const step of planSteps(explained.rows))
        if (step["Node Type"].endsWith("Scan"))
          rows += (step["Actual Rows"] ?? 0) + (step["Rows Removed by Filter"] ?? 0);
    }
    return rows;
  };
  const { records, forget } = queue;
  if (!records || !forget) throw new Error("the queue tells operators about its jobs, and forgets some");
  return { records, forget, rowsRead };
}

describe("what operators ask, beside many jobs", () => {
  it("reads none of the host's jobs, and of the dead ones no more than are wanted", async () => {
    const { records, forget, rowsRead } = await crowded();
    const now = systemClock.now();
    const [first, second] = [await valueOf(records.dead({ limit: 21 })), await rowsRead()];
    expect(first.map(({ key }) => key)).toStrictEqual(Array.from({ length: 21 }, (_, index) => `dead:${index + 1}`));
    expect(second).toBeLessThan(100);

    const next = await valueOf(records.dead({ limit: 21, after: first.at(-1) }));
    expect(next.map(({ key }) => key)).toStrictEqual(Array.from({ length: 21 }, (_, index) => `dead:${index + 22}`));
    expect(await rowsRead()).toBeLessThan(100);

    expect(await valueOf(records.about(["1", "dead:7"], 10))).toHaveLength(2);
    await valueOf(records.revive(first[0]?.id ?? ""));
    await rowsRead();

    const limits = { quarter: addSeconds(now, -900), hour: addSeconds(now, -3_600), day: addSeconds(now, -86_400) };
    const counts = await valueOf(records.count(limits));
    expect(counts).toMatchObject([
      { status: "dead", count: 10_000, more: true },
      { status: "waiting", count: 2 },
    ]);
    expect(await rowsRead()).toBeLessThan(10_100);

    await valueOf(forget(["dead:9"]));
    expect(await rowsRead()).toBeLessThan(dead + 100);
    expect(await records.about(["dead:9"], 10)).toMatchObject({ value: [] });
  });
});
