import { whileInUse } from "@likeness/test-postgres/while-in-use.ts";
import { aJob, recordingLog, testClock, valueOf } from "@likeness/testing";
import { Kysely, PostgresDialect } from "kysely";
import { err, ok } from "neverthrow";
import { describe, expect, it, vi } from "vitest";
import { pgBossJobQueue } from "./pg-boss-job-queue.ts";
import { newDatabase, openPool } from "./__fixtures__/databases.ts";
import { kind, queueBench, recorded } from "./__fixtures__/queue-bench.ts";
import { startBoss } from "./__fixtures__/start-boss.ts";

const waiting = { timeout: 20_000, interval: 20 };

describe.concurrent("when pg-boss's tables are gone", { timeout: 60_000 }, () => {
  it("enqueues at once after all of them were emptied", async (test) => {
    const { queue, pool } = await queueBench(test);
    const { handler, runs } = recorded();
    await valueOf(queue.start({ [kind]: handler }));
    await truncate(pool);
    expect(await queue.enqueue(aJob())).toStrictEqual(ok(undefined));
    await vi.waitUntil(() => runs.length === 1, waiting);

    await truncate(pool);
    const outlet = queue.within(new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) }));
    expect(await outlet.enqueue(aJob())).toStrictEqual(ok(undefined));
    await vi.waitUntil(() => runs.length === 2, waiting);
  });

  it("makes the queues of its handlers again by itself", async (test) => {
    const clock = testClock();
    const { queue, pool } = await queueBench(test, clock);
    await valueOf(queue.start({ [kind]: recorded().handler, "another:kind": recorded().handler }));
    const queues = async () => (await pool.query("select name, policy, dead_letter from pgboss.queue order by 1")).rows;
    const before = await queues();
    await truncate(pool);
    expect(await queues()).toStrictEqual([]);
    await clock.advance(10);
    await vi.waitUntil(async () => (await queues()).length === before.length, waiting);
    expect(await queues()).toStrictEqual(before);
  });

  it("refuses the transactions that enqueue until then, by their commit", async (test) => {
    const clock = testClock();
    const { queue, pool } = await queueBench(test, clock);
    const { handler, runs } = recorded();
    await valueOf(queue.start({ [kind]: handler }));
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
    const commit = async () => {
      const { enqueued, committed } = await db.transaction().execute(async (tx) => {
        const jobs = queue.within(tx);
        return { enqueued: await jobs.enqueue(aJob()), committed: jobs.committed };
      });
      committed?.();
      return enqueued;
    };
    await truncate(pool);
    await expect(commit()).rejects.toThrow("q_fkey");
    await clock.advance(10);
    await vi.waitUntil(async () => (await pool.query("select from pgboss.queue")).rowCount === 2, waiting);
    expect(await commit()).toStrictEqual(ok(undefined));
    await vi.waitUntil(() => runs.length > 0, waiting);
  });

  it("makes all of them anew after they were dropped, also when several processes do at once", async (test) => {
    const clock = testClock();
    const { url, queue, pool, log } = await queueBench(test, clock);
    const otherLog = recordingLog();
    const other = pgBossJobQueue(await startBoss(test, url), { clock, log: otherLog, maximumAttempts: 2 });
    test.onTestFinished(async () => void (await other.stop({ graceMs: 0 })));
    const { handler, runs } = recorded();
    for (const each of [queue, other]) await valueOf(each.start({ [kind]: handler }));
    const definitions = async () =>
      (await pool.query("select name, policy, retry_limit, dead_letter from pgboss.queue order by 1")).rows;
    const before = await definitions();
    expect(await queue.ready()).toStrictEqual(ok(undefined));

    await whileInUse(() => pool.query("drop schema pgboss cascade"));
    expect(await queue.ready()).toMatchObject(err({ type: "storage-failure" }));
    expect(await queue.enqueue(aJob())).toMatchObject(err({ type: "storage-failure" }));
    await clock.advance(10);
    await vi.waitUntil(async () => (await queue.ready()).isOk() && (await other.ready()).isOk(), waiting);
    expect(await definitions()).toStrictEqual(before);
    const told = [...log.entries, ...otherLog.entries].map(({ level, message }) => ({ level, message }));
    const gone = { level: "error", message: "pg-boss's tables were gone with all jobs, and are made anew" };
    expect(told).toContainEqual(gone);

    const keys = Array.from({ length: 20 }, (_, index) => `job ${index + 10}`);
    for (const key of keys) await valueOf(other.enqueue(aJob({ key })));
    await vi.waitUntil(() => runs.length === keys.length, waiting);
    expect(runs.map(({ key }) => key).toSorted()).toStrictEqual(keys);
  });

  it("is not ready after the table of jobs alone was dropped, and makes them anew, but nothing of others", async (test) => {
    const clock = testClock();
    const { url, queue, pool } = await queueBench(test, clock);
    const other = pgBossJobQueue(await startBoss(test, url), { clock, maximumAttempts: 2 });
    test.onTestFinished(async () => void (await other.stop({ graceMs: 0 })));
    const { handler, runs } = recorded();
    for (const each of [queue, other]) await valueOf(each.start({ [kind]: handler }));
    await pool.query("create table pgboss.of_somebody_else as select 1 as kept");

    await whileInUse(() => pool.query("drop table pgboss.job"));
    expect(await queue.ready()).toMatchObject(err({ type: "storage-failure" }));
    await clock.advance(10);
    await vi.waitUntil(async () => (await queue.ready()).isOk() && (await other.ready()).isOk(), waiting);
    await valueOf(queue.enqueue(aJob()));
    await vi.waitUntil(() => runs.length === 1, waiting);
    expect((await pool.query("select * from pgboss.of_somebody_else")).rows).toStrictEqual([{ kept: 1 }]);
  });

  it("notes pg-boss's version again after all of them were emptied, so that the next one starts", async (test) => {
    const clock = testClock();
    const { url, queue, boss, pool } = await queueBench(test, clock);
    const version = await boss.schemaVersion();
    await valueOf(queue.start({ [kind]: recorded().handler }));
    await truncate(pool);
    expect(await boss.schemaVersion()).toBeNull();
    await clock.advance(10);
    await vi.waitUntil(async () => (await boss.schemaVersion()) === version, waiting);
    await startBoss(test, url, { migrate: false });

    await queue.stop({ graceMs: 0 });
    await truncate(pool);
    await valueOf(queue.start({ [kind]: recorded().handler }));
    expect(await boss.schemaVersion()).toBe(version);
  });

  it("makes them in the schema that its pg-boss has", async (test) => {
    const clock = testClock();
    const url = await newDatabase(test);
    const pool = openPool(test, url);
    const boss = await startBoss(test, url, { schema: "jobs" });
    const queue = pgBossJobQueue(boss, { clock, schema: "jobs" });
    test.onTestFinished(async () => void (await queue.stop({ graceMs: 0 })));
    await valueOf(queue.start({ [kind]: recorded().handler }));
    await whileInUse(() => pool.query("drop schema jobs, pgboss cascade"));
    await clock.advance(10);
    await vi.waitUntil(async () => (await queue.ready()).isOk(), waiting);
    const { rows } = await pool.query("select nspname from pg_namespace where nspname in ('jobs', 'pgboss')");
    expect(rows).toStrictEqual([{ nspname: "jobs" }]);
  });

  it("leaves alone what is in the schema of another program, when it is not told the one of its pg-boss", async (test) => {
    const clock = testClock();
    const log = recordingLog();
    const url = await newDatabase(test);
    const pool = openPool(test, url);
    // An older pg-boss has no table of that name, but others that a present one would drop.
    await pool.query(
      "drop schema pgboss cascade; create schema pgboss; create table pgboss.version as select 21 as version",
    );
    await pool.query("create table pgboss.job as select 'mail' as name");
    const queue = pgBossJobQueue(await startBoss(test, url, { schema: "likeness_jobs" }), { clock, log });
    test.onTestFinished(async () => void (await queue.stop({ graceMs: 0 })));
    const { handler, runs } = recorded();
    await valueOf(queue.start({ [kind]: handler }));
    expect(await queue.ready()).toStrictEqual(ok(undefined));
    await clock.advance(20);
    await valueOf(queue.enqueue(aJob()));
    await vi.waitUntil(() => runs.length === 1, waiting);
    expect((await pool.query("select name from pgboss.job")).rows).toStrictEqual([{ name: "mail" }]);
    const tables = "select tablename from pg_tables where schemaname = 'pgboss' order by 1";
    expect((await pool.query(tables)).rows).toStrictEqual([{ tablename: "job" }, { tablename: "version" }]);
    expect(log.entries.map(({ message }) => message)).toStrictEqual([
      "pg-boss has its tables in another schema: they cannot be made anew",
    ]);
  });

  it("tells once that it cannot claim jobs, is not ready meanwhile, and goes on when it can", async (test) => {
    const clock = testClock();
    const { queue, pool, log } = await queueBench(test, clock);
    const { handler, runs } = recorded();
    expect(await queue.ready()).toMatchObject(err({ type: "storage-failure" }));
    await valueOf(queue.start({ [kind]: handler }));
    const told = () => log.entries.filter(({ message }) => message.startsWith("jobs can"));

    await pool.query("alter table pgboss.queue rename to away");
    await clock.advance(10);
    await vi.waitUntil(() => told().length > 0, waiting);
    expect(await queue.ready()).toMatchObject(err({ type: "storage-failure" }));
    await clock.advance(30);
    await pool.query("alter table pgboss.away rename to queue");
    await vi.waitUntil(async () => {
      await clock.advance(10);
      return told().length > 1;
    }, waiting);
    expect(told()).toStrictEqual([
      {
        level: "error",
        fields: { error: 'error: relation "pgboss.queue" does not exist' },
        message: "jobs cannot be claimed",
      },
      { level: "info", fields: {}, message: "jobs can be claimed again" },
    ]);
    expect(await queue.ready()).toStrictEqual(ok(undefined));
    await valueOf(queue.enqueue(aJob()));
    await vi.waitUntil(() => runs.length > 0, waiting);
  });
});

async function truncate(pool: { query(text: string): Promise<{ readonly rows: readonly { name: string }[] }> }) {
  const { rows } = await pool.query(
    "select format('pgboss.%I', tablename) as name from pg_tables where schemaname = 'pgboss'",
  );
  const statement = `truncate ${rows.map(({ name }) => name).join(", ")}`;
  await whileInUse(() => pool.query(statement));
}
