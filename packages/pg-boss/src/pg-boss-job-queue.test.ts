import { addSeconds, systemClock, type JobHandler } from "@likeness/core";
import { aJob, testClock, valueOf } from "@likeness/testing";
import { Kysely, PostgresDialect } from "kysely";
import { err, errAsync, ok, okAsync, ResultAsync } from "neverthrow";
import { PgBoss } from "pg-boss";
import { describe, expect, it, vi } from "vitest";
import { pgBossJobQueue } from "./pg-boss-job-queue.ts";
import { kind, queueBench, recorded } from "./__fixtures__/queue-bench.ts";
import { startBoss } from "./__fixtures__/start-boss.ts";

const waiting = { timeout: 20_000, interval: 20 };

const untilAborted: JobHandler = ({ signal }) =>
  ResultAsync.fromSafePromise(
    new Promise((resolve) => signal.addEventListener("abort", () => resolve({ type: "done" }))),
  );

describe.concurrent("a job queue on pg-boss", { timeout: 60_000 }, () => {
  it("takes kinds that pg-boss has no name for, before a worker handles them", async (test) => {
    const { queue, rows } = await queueBench(test);
    await valueOf(queue.enqueue(aJob({ kind: "webhook.process:telegram", key: "1", payload: null })));
    expect(await rows()).toStrictEqual([
      { name: "likeness/webhook.process/telegram", key: "1", state: "created", payload: "null" },
    ]);
    const { handler, runs } = recorded();
    await valueOf(queue.start({ "webhook.process:telegram": handler }));
    await vi.waitUntil(() => runs.length > 0, waiting);
    expect(runs).toMatchObject([{ kind: "webhook.process:telegram", key: "1", payload: null }]);
  });

  it("does not harm the transaction that is the first to enqueue a kind", async (test) => {
    const { queue, pool, rows } = await queueBench(test);
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
    const enqueued = await db.transaction().execute(async (tx) => queue.within(tx).enqueue(aJob({ key: "committed" })));
    expect(enqueued).toStrictEqual(ok(undefined));
    const rollback = db.transaction().execute(async (tx) => {
      await valueOf(queue.within(tx).enqueue(aJob({ kind: "another.kind", key: "rolled back" })));
      throw new Error("on purpose");
    });
    await expect(rollback).rejects.toThrow("on purpose");
    expect(await rows()).toMatchObject([{ key: "committed" }]);
  });

  it("finds a job that becomes due, and does not wait for pg-boss's own half a minute", async (test) => {
    const { queue } = await queueBench(test);
    const { handler, runs } = recorded();
    await valueOf(queue.start({ [kind]: handler }));
    await valueOf(queue.enqueue(aJob({ runAt: addSeconds(systemClock.now(), 2) })));
    await vi.waitUntil(() => runs.length > 0, { timeout: 10_000 });
  });

  it("runs at once what a transaction has enqueued, when it is told of the commit", async (test) => {
    const { queue, pool } = await queueBench(test, testClock());
    const { handler, runs } = recorded();
    await valueOf(queue.start({ [kind]: handler }));
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
    const outlet = await db.transaction().execute(async (tx) => {
      const its = queue.within(tx);
      await valueOf(its.enqueue(aJob()));
      return its;
    });
    outlet.committed?.();
    await vi.waitUntil(() => runs.length > 0, waiting);
  });

  it("tells other processes of new jobs, at most once in 50 ms, and not in the transactions", async (test) => {
    const clock = testClock();
    const { url, queue, pool } = await queueBench(test);
    const other = pgBossJobQueue(await startBoss(test, url), { clock });
    test.onTestFinished(async () => void (await other.stop({ graceMs: 0 })));
    const { handler, runs } = recorded();
    await valueOf(other.start({ [kind]: handler }));
    const told: (string | undefined)[] = [];
    const listener = await pool.connect();
    test.onTestFinished(() => listener.release(true));
    listener.on("notification", ({ payload }) => told.push(payload));
    await listener.query("listen likeness_jobs");

    const keys = Array.from({ length: 20 }, (_, index) => `job ${index + 10}`);
    await Promise.all(keys.map((key) => queue.enqueue(aJob({ key }))));
    await vi.waitUntil(() => runs.length === keys.length, waiting);
    expect(new Set(told)).toStrictEqual(
      new Set([expect.stringMatching(/^pgboss [\da-f-]{36} likeness\/example\.work$/)]),
    );
    expect(told.length).toBeLessThan(keys.length);
  });

  it("claims once for several jobs that are due", async (test) => {
    const { queue, boss } = await queueBench(test, testClock());
    for (const key of ["1", "2", "3"]) await valueOf(queue.enqueue(aJob({ key })));
    const claims = noteStatements(boss, /^\s*with\s+next/i);
    const { handler, runs } = recorded();
    await valueOf(queue.start({ [kind]: handler }));
    await vi.waitUntil(() => runs.length === 3, waiting);
    expect(claims()).toBe(1);
  });

  it("runs again at the time that the handler asked for, if a later job of its key came meanwhile", async (test) => {
    const { queue, rows } = await queueBench(test);
    const job = aJob();
    const { handler, runs } = recorded((_, count) => {
      if (count > 1) return okAsync({ type: "done" });
      const [soon, late] = [1, 3_600].map((seconds) => addSeconds(systemClock.now(), seconds));
      return queue
        .enqueue({ ...job, runAt: late })
        .map(() => ({ type: "again", at: soon ?? "" }) as const)
        .mapErr(({ cause }) => ({ type: "job-failure", permanent: true, cause }) as const);
    });
    await valueOf(queue.start({ [kind]: handler }));
    await valueOf(queue.enqueue(job));
    await vi.waitUntil(() => runs.length === 2, waiting);
    await vi.waitUntil(async () => (await rows()).length === 0, waiting);
  });

  it("keeps no row of a job that is done, nor of its earlier turns", async (test) => {
    const { queue, pool } = await queueBench(test);
    const { handler, runs } = recorded((_, count) =>
      okAsync(count === 1 ? { type: "again", at: addSeconds(systemClock.now(), 1) } : { type: "done" }),
    );
    await valueOf(queue.start({ [kind]: handler }));
    await valueOf(queue.enqueue(aJob({ payload: "where a photo is" })));
    await vi.waitUntil(() => runs.length === 2, waiting);
    const kept = async () => (await pool.query("select * from pgboss.job")).rows;
    await vi.waitFor(async () => expect(await kept()).toStrictEqual([]), waiting);
  });

  it("logs failures, keeps what was given up as a dead letter, and runs it when it is sent back", async (test) => {
    const { queue, boss, log, pool } = await queueBench(test);
    const { handler, runs } = recorded((_, count) =>
      count < 3
        ? errAsync({ type: "job-failure", permanent: false, cause: `\0 no ${count}` })
        : okAsync({ type: "done" }),
    );
    await valueOf(queue.start({ [kind]: handler }));
    await valueOf(queue.enqueue(aJob({ key: "1" })));
    await vi.waitUntil(() => log.entries.length === 2, waiting);
    expect(log.entries).toStrictEqual([
      {
        level: "warn",
        fields: { kind, key: "1", attempt: 1, error: "\uFFFD no 1" },
        message: "a job failed and will be tried again",
      },
      { level: "error", fields: { kind, key: "1", attempt: 2, error: "\uFFFD no 2" }, message: "a job is dead" },
    ]);
    const buried = async () => {
      const { rows } = await pool.query(
        "select source_name, source_output from pgboss.job where name = 'likeness/dead-letters'",
      );
      return rows;
    };
    await vi.waitUntil(async () => (await buried()).length > 0, waiting);
    expect(await buried()).toStrictEqual([
      { source_name: `likeness/${kind}`, source_output: { value: "\uFFFD no 2" } },
    ]);

    expect(await boss.redrive("likeness/dead-letters")).toBe(1);
    await vi.waitUntil(() => runs.length === 3, waiting);
    expect(runs[2]).toMatchObject({ kind, key: "1", attempt: 1 });
  });

  it("keeps no dead letter that a waiting job makes useless", async (test) => {
    const { queue, pool } = await queueBench(test);
    const { handler } = recorded(() => errAsync({ type: "job-failure", permanent: true, cause: "on purpose" }));
    await valueOf(queue.enqueue(aJob({ key: "1" })));
    for (const job of await valueOf(queue.claimDue({ [kind]: handler }, 1))) await job.ended;
    await valueOf(queue.enqueue(aJob({ key: "1" })));
    const [dead] = (await queue.records?.dead({ limit: 1 }))?._unsafeUnwrap() ?? [];
    expect(await queue.records?.revive(dead?.id ?? "")).toStrictEqual(ok("known"));
    const letters = await pool.query("select state from pgboss.job where name = 'likeness/dead-letters'");
    expect([dead?.key, letters.rows]).toStrictEqual(["1", []]);
  });

  it("knows of no jobs in a schema that is not the one of its pg-boss", async (test) => {
    const { queue, boss } = await queueBench(test);
    await valueOf(queue.enqueue(aJob({ key: "1" })));
    expect(await queue.records?.about(["1"], 10)).toMatchObject(ok([{ key: "1" }]));
    const { records } = pgBossJobQueue(boss, { clock: systemClock, schema: "another" });
    expect(await records?.about(["1"], 10)).toStrictEqual(ok([]));
    expect(await records?.dead({ limit: 1 })).toStrictEqual(ok([]));
  });

  it("takes what another program put into its queue, and cannot be read, for a failure", async (test) => {
    const { queue, boss, log } = await queueBench(test);
    const { handler, runs } = recorded();
    await valueOf(queue.start({ [kind]: handler }));
    await boss.send(`likeness/${kind}`, { payload: "{" });
    await vi.waitUntil(() => log.entries.length > 0, waiting);
    expect(log.entries[0]).toMatchObject({ fields: { error: expect.stringMatching(/^SyntaxError: /) } });
    expect(runs).toStrictEqual([]);
  });

  it("aborts a job whose lease went to another worker, and does not touch it any more", async (test) => {
    const { queue, pool, log, rows } = await queueBench(test);
    const { handler, runs } = recorded(untilAborted);
    await valueOf(queue.start({ [kind]: handler }));
    await valueOf(queue.enqueue(aJob({ key: "1" })));
    await vi.waitUntil(() => runs.length > 0, waiting);
    await pool.query("update pgboss.job set retry_count = retry_count + 1 where state = 'active'");
    await vi.waitUntil(() => log.entries.length > 0, waiting);
    expect(runs[0]?.signal.aborted).toBe(true);
    expect(log.entries).toMatchObject([{ fields: { kind, key: "1", attempt: 1 }, message: "a lease was lost" }]);
    await valueOf(queue.stop({ graceMs: 1_000 }));
    expect(await rows()).toMatchObject([{ key: "1", state: "active" }]);
  });

  it("hands back what it claims while it is being stopped", async (test) => {
    const { queue, pool, rows } = await queueBench(test);
    const { handler, runs } = recorded();
    await valueOf(queue.enqueue(aJob({ key: "1", payload: "the same" })));
    const client = await pool.connect();
    await client.query("begin; lock table pgboss.job in access exclusive mode");
    await valueOf(queue.start({ [kind]: handler }));
    const ungranted = "select 1 from pg_locks where not granted";
    await vi.waitUntil(async () => ((await client.query(ungranted)).rowCount ?? 0) > 0, waiting);
    const stopping = queue.stop({ graceMs: 0 });
    await client.query("commit");
    client.release();
    expect(await stopping).toStrictEqual(ok(undefined));
    expect(runs).toStrictEqual([]);
    expect(await rows()).toMatchObject([{ key: "1", state: "created", payload: '"the same"' }]);
  });

  it("returns that jobs could not be handed back", async (test) => {
    const { queue, pool } = await queueBench(test);
    const { handler, runs } = recorded(untilAborted);
    await valueOf(queue.start({ [kind]: handler }));
    await valueOf(queue.enqueue(aJob()));
    await vi.waitUntil(() => runs.length > 0, waiting);
    await pool.query("alter table pgboss.job_common rename to lost");
    expect(await queue.stop({ graceMs: 0 })).toMatchObject(err({ type: "storage-failure" }));
  });

  it("logs that a job which was claimed on demand could not be sent again, and leaves it to its lease", async (test) => {
    const { queue, pool, log } = await queueBench(test);
    const { handler } = recorded(() =>
      ResultAsync.fromSafePromise(pool.query("alter table pgboss.job_common rename to lost")).map(() => ({
        type: "again",
        at: systemClock.now(),
      })),
    );
    await valueOf(queue.enqueue(aJob()));
    const [job] = await valueOf(queue.claimDue({ [kind]: handler }, 1));
    expect(await job?.ended).toBe("lost");
    expect(log.entries).toContainEqual({
      level: "error",
      fields: { queue: `likeness/${kind}`, error: expect.any(String) },
      message: "the outcome of a job was not stored",
    });
  });

  it("goes on with what else is due, and does not claim and end each with statements of its own", async (test) => {
    const { queue, boss, rows } = await queueBench(test);
    const keys = Array.from({ length: 40 }, (_, index) => `job ${index + 10}`);
    for (const key of keys) await valueOf(queue.enqueue(aJob({ key })));
    const { handler, runs } = recorded();
    const statements = noteStatements(boss, /update|delete/i);
    await valueOf(queue.start({ [kind]: handler }));
    await vi.waitUntil(async () => (await rows()).length === 0, waiting);
    expect(runs.map(({ key }) => key).toSorted()).toStrictEqual(keys);
    expect(statements()).toBeLessThan(60);
  });

  it("buries every one of several that fail for good", async (test) => {
    const { queue, pool } = await queueBench(test);
    for (const key of ["1", "2", "3", "4", "5", "6"]) await valueOf(queue.enqueue(aJob({ key })));
    const { handler } = recorded(({ key }) =>
      Number(key) % 2 === 0
        ? errAsync({ type: "job-failure", permanent: true, cause: "on purpose" })
        : okAsync({ type: "done" }),
    );
    await valueOf(queue.start({ [kind]: handler }));
    const left = async () => {
      const found = await pool.query(
        "select name, singleton_key as key from pgboss.job where state < 'completed' order by 2",
      );
      return found.rows;
    };
    const buried = ["2", "4", "6"].map((key) => ({ name: "likeness/dead-letters", key }));
    await vi.waitFor(async () => expect(await left()).toStrictEqual(buried), waiting);
  });

  it("hands back those that it went on with", async (test) => {
    const { queue, rows } = await queueBench(test);
    const keys = Array.from({ length: 12 }, (_, index) => `job ${index + 10}`);
    for (const key of keys) await valueOf(queue.enqueue(aJob({ key })));
    const { handler, runs } = recorded((job, count) => (count <= 6 ? okAsync({ type: "done" }) : untilAborted(job)));
    await valueOf(queue.start({ [kind]: handler }));
    await vi.waitUntil(() => runs.length === 10, waiting);
    expect(await queue.stop({ graceMs: 0 })).toStrictEqual(ok(undefined));
    const left = keys.filter((key) => !runs.slice(0, 6).some((run) => run.key === key));
    const kept = await rows();
    expect(kept).toHaveLength(left.length);
    for (const key of left) expect(kept).toContainEqual(expect.objectContaining({ key, state: "created" }));
  });

  it("needs a pg-boss that was started", async (test) => {
    const { url } = await queueBench(test);
    const queue = pgBossJobQueue(new PgBoss(url), { clock: systemClock });
    const refused = err({
      type: "storage-failure",
      cause: expect.objectContaining({ message: expect.stringContaining("Database not opened") }),
    });
    expect(await queue.enqueue(aJob())).toStrictEqual(refused);
    expect(await queue.start({ [kind]: recorded().handler })).toStrictEqual(refused);
  });

  it("gives queues that were made before the present settings", async (test) => {
    const { queue, boss } = await queueBench(test);
    await valueOf(queue.enqueue(aJob()));
    const settings = async () => boss.getQueue(`likeness/${kind}`);
    const before = { policy: "short", retryLimit: 1, heartbeatSeconds: 10, retentionSeconds: 365 * 86_400 };
    expect(await settings()).toMatchObject(before);
    const renewed = pgBossJobQueue(boss, { clock: systemClock, maximumAttempts: 20 });
    test.onTestFinished(() => valueOf(renewed.stop({ graceMs: 0 })));
    await valueOf(renewed.start({ [kind]: recorded().handler }));
    expect(await settings()).toMatchObject({ ...before, retryLimit: 19 });
  });

  it("is not started twice, but may be started anew", async (test) => {
    const { queue } = await queueBench(test);
    const { handler, runs } = recorded();
    await valueOf(queue.start({}));
    expect(() => queue.start({})).toThrow("this queue was started before");
    await valueOf(queue.stop({ graceMs: 0 }));
    await valueOf(queue.start({ [kind]: handler }));
    await valueOf(queue.enqueue(aJob()));
    await vi.waitUntil(() => runs.length > 0, waiting);
  });
});

/** How many statements with such a text pg-boss has sent since, on its own connections. */
function noteStatements(boss: PgBoss, text: RegExp): () => number {
  let count = 0;
  const db = boss.getDb();
  const ask = db.executeSql.bind(db);
  Object.assign(db, {
    executeSql: (...asked: Parameters<typeof ask>) => {
      if (text.test(asked[0])) count += 1;
      return ask(...asked);
    },
  });
  return () => count;
}
