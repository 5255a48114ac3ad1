import { aJob, testClock, valueOf } from "@likeness/testing";
import { Kysely, PostgresDialect } from "kysely";
import { err, ok } from "neverthrow";
import { describe, expect, it, vi } from "vitest";
import { kind, queueBench, recorded } from "./testing/queue-bench.ts";
import { startBoss } from "./testing/start-boss.ts";

const patient = { timeout: 20_000, interval: 20 };

describe.concurrent("when pg-boss's tables are gone", { timeout: 60_000 }, () => {
  it("enqueues at once after all of them were emptied", async (test) => {
    const { queue, pool } = await queueBench(test);
    const { handler, runs } = recorded();
    await valueOf(queue.start({ [kind]: handler }));
    await truncate(pool);
    expect(await queue.enqueue(aJob())).toStrictEqual(ok(undefined));
    await vi.waitUntil(() => runs.length > 0, patient);
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
    await vi.waitUntil(async () => (await queues()).length === before.length, patient);
    expect(await queues()).toStrictEqual(before);
  });

  it("refuses the transactions that enqueue until then, by their commit", async (test) => {
    const clock = testClock();
    const { queue, pool } = await queueBench(test, clock);
    const { handler, runs } = recorded();
    await valueOf(queue.start({ [kind]: handler }));
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
    const commit = () => db.transaction().execute(async (tx) => queue.within(tx).enqueue(aJob()));
    await truncate(pool);
    await expect(commit()).rejects.toThrow("q_fkey");
    await clock.advance(10);
    await vi.waitUntil(async () => (await pool.query("select from pgboss.queue")).rowCount === 2, patient);
    expect(await commit()).toStrictEqual(ok(undefined));
    await vi.waitUntil(() => runs.length > 0, patient);
  });

  it("tells once that it cannot claim jobs, and goes on when another process has made them again", async (test) => {
    const clock = testClock();
    const { url, queue, pool, log } = await queueBench(test, clock);
    const { handler, runs } = recorded();
    await valueOf(queue.start({ [kind]: handler }));
    await pool.query("drop schema pgboss cascade");
    expect(await queue.enqueue(aJob())).toMatchObject(err({ type: "storage-failure" }));
    await clock.advance(10);
    const told = () => log.entries.filter(({ message }) => message.startsWith("jobs can"));
    await vi.waitUntil(() => told().length > 0, patient);
    await clock.advance(30);
    await startBoss(test, url);
    await vi.waitUntil(async () => {
      await clock.advance(10);
      return told().length > 1;
    }, patient);
    expect(told()).toStrictEqual([
      {
        level: "error",
        fields: { error: 'error: relation "pgboss.queue" does not exist' },
        message: "jobs cannot be claimed",
      },
      { level: "info", fields: {}, message: "jobs can be claimed again" },
    ]);
    await valueOf(queue.enqueue(aJob()));
    await vi.waitUntil(() => runs.length > 0, patient);
  });
});

async function truncate(pool: { query(text: string): Promise<{ readonly rows: readonly { name: string }[] }> }) {
  const { rows } = await pool.query(
    "select format('pgboss.%I', tablename) as name from pg_tables where schemaname = 'pgboss'",
  );
  await pool.query(`truncate ${rows.map(({ name }) => name).join(", ")}`);
}
