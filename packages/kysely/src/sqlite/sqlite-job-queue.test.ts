import { setImmediate } from "node:timers/promises";
import { addSeconds, secondsBetween, type JobHandler } from "@likeness/core";
import { aJob, describeJobQueue, recordingLog, testClock, testStart, valueOf } from "@likeness/testing";
import { err, errAsync, ok, okAsync, ResultAsync } from "neverthrow";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { kyselyStore } from "../store/kysely-store.ts";
import { openSqlite, temporaryPath, temporarySqlite } from "../__fixtures__/temporary-sqlite.ts";
import { sqliteJobQueue, type SqliteJobQueueOptions } from "./sqlite-job-queue.ts";

const leaseSeconds = 30;
const maximumAttempts = 4;

describeJobQueue(
  "SQLite",
  async (clock) => {
    const { db } = await temporarySqlite();
    return {
      store: kyselyStore(db, { jobs: sqliteJobQueue(db, { clock }).within }),
      worker: (own) => sqliteJobQueue(db, { clock: own, leaseSeconds, maximumAttempts }),
      jobs: async () => {
        const rows = await db.selectFrom("likeness_job").select(["kind", "key", "dead_at"]).execute();
        return rows.map(({ kind, key, dead_at }) => ({ kind, key, dead: dead_at !== null }));
      },
      leaseSeconds,
      maxAttempts: maximumAttempts,
    };
  },
  { records: true },
);

/** A queue whose clock stands still, and its rows. */
async function prepare(options: Partial<SqliteJobQueueOptions> = {}) {
  const { db, database } = await temporarySqlite();
  const [clock, log] = [testClock(), recordingLog()];
  const queue = sqliteJobQueue(db, { clock, log, leaseSeconds, maximumAttempts, ...options });
  onTestFinished(async () => void (await queue.stop({ graceMs: 0 })));
  const rows = () => database.prepare("select * from likeness_job order by id").all();
  return { database, clock, log, queue, rows, store: kyselyStore(db, { jobs: queue.within }) };
}

const kind = "example.work";
const done: JobHandler = () => okAsync({ type: "done" });
const failing: JobHandler = () => errAsync({ type: "job-failure", permanent: false, cause: "on purpose" });
const endless: JobHandler = () => ResultAsync.fromSafePromise(new Promise(() => undefined));

describe("sqliteJobQueue", () => {
  it("runs a job of its own process at once, without waiting for the next poll", async () => {
    const { queue, store, clock, rows } = await prepare();
    const handler = vi.fn(done);
    await valueOf(queue.start({ [kind]: handler }));
    await clock.advance(0);
    await valueOf(queue.enqueue(aJob()));
    await vi.waitUntil(() => handler.mock.calls.length === 1);
    await valueOf(store.atomically((tx) => tx.jobs.enqueue(aJob())));
    await vi.waitUntil(() => handler.mock.calls.length === 2);
    await vi.waitUntil(() => rows().length === 0);
    expect(clock.now()).toBe(testStart);
  });

  it("finds what another process enqueued at its next poll", async () => {
    const { queue, database, clock } = await prepare();
    const handler = vi.fn(done);
    await valueOf(queue.start({ [kind]: handler }));
    await clock.advance(0);
    const { db } = openSqlite(database.name);
    await valueOf(sqliteJobQueue(db, { clock }).enqueue(aJob()));
    await clock.advance(0.2);
    expect(handler).not.toHaveBeenCalled();
    await clock.advance(0.05);
    expect(handler).toHaveBeenCalledOnce();
  });

  it("runs four jobs at once and the fifth when one is done", async () => {
    const { queue, clock } = await prepare();
    const finish: (() => void)[] = [];
    const handler = vi.fn<JobHandler>(() =>
      ResultAsync.fromSafePromise(new Promise((resolve) => finish.push(() => resolve({ type: "done" })))),
    );
    for (let count = 0; count < 6; count++) await valueOf(queue.enqueue(aJob()));
    await valueOf(queue.start({ [kind]: handler }));
    await clock.advance(1);
    expect(handler).toHaveBeenCalledTimes(4);
    finish[2]?.();
    await vi.waitUntil(() => handler.mock.calls.length === 5);
    await clock.advance(1);
    expect(handler).toHaveBeenCalledTimes(5);
  });

  it("runs jobs of a kind while those of another one take all places of theirs", async () => {
    const { queue, clock } = await prepare();
    for (let count = 0; count < 9; count++) await valueOf(queue.enqueue(aJob({ kind: "slow" })));
    const [slow, quick] = [vi.fn(endless), vi.fn(done)];
    await valueOf(queue.start({ slow, quick }));
    await clock.advance(1);
    await valueOf(queue.enqueue(aJob({ kind: "quick" })));
    await clock.advance(1);
    expect([slow.mock.calls.length, quick.mock.calls.length]).toStrictEqual([4, 1]);
  });

  it("runs as many jobs of a kind at once as its own number says", async () => {
    const { queue, clock } = await prepare({ concurrencyOf: { waiting: 6 } });
    for (const each of ["waiting", "busy"])
      for (let count = 0; count < 9; count++) await valueOf(queue.enqueue(aJob({ kind: each })));
    const [waiting, busy] = [vi.fn(endless), vi.fn(endless)];
    await valueOf(queue.start({ waiting, busy }));
    await clock.advance(1);
    expect([waiting.mock.calls.length, busy.mock.calls.length]).toStrictEqual([6, 4]);
  });

  it("claims all jobs that it has room for in one statement", async () => {
    const { queue, clock, rows } = await prepare();
    for (const each of ["one", "another"])
      for (let count = 0; count < 3; count++) await valueOf(queue.enqueue(aJob({ kind: each })));
    await valueOf(queue.start({ one: endless, another: endless }));
    await clock.advance(0);
    const claims = rows().map((row) => (row as { readonly lease_owner: string | null }).lease_owner);
    expect(claims).toHaveLength(6);
    expect(new Set(claims).size).toBe(1);
  });

  it("fills the places of jobs that ended with the same commit in one statement", async () => {
    const { queue, clock, rows } = await prepare();
    let endFirst = (): void => undefined;
    const first = new Promise<void>((resolve) => (endFirst = resolve));
    const handler = vi.fn<JobHandler>((job) =>
      Number(job.key) < 4 ? ResultAsync.fromSafePromise(first).andThen(() => done(job)) : endless(job),
    );
    for (let number = 0; number < 8; number++) await valueOf(queue.enqueue(aJob({ key: `${number}` })));
    await valueOf(queue.start({ [kind]: handler }));
    await clock.advance(0);
    endFirst();
    await vi.waitUntil(() => handler.mock.calls.length === 8);
    const claims = rows().map((row) => (row as { readonly lease_owner: string | null }).lease_owner);
    expect(claims).toHaveLength(4);
    expect(new Set(claims).size).toBe(1);
  });

  it("makes one of a job that asks to run again and one that was enqueued meanwhile, with the earlier time", async () => {
    const { queue, clock, rows } = await prepare();
    const at = (seconds: number) => addSeconds(testStart, seconds);
    const times = { "again earlier": [60, 90], "again later": [90, 60] } as const;
    const handler: JobHandler = ({ key }) => {
      const [again, enqueued] = times[key as keyof typeof times];
      return queue
        .enqueue({ kind, key, payload: "enqueued", runAt: at(enqueued) })
        .map(() => ({ type: "again", at: at(again) }) as const)
        .mapErr((cause) => ({ type: "job-failure", permanent: true, cause }) as const);
    };
    for (const key of Object.keys(times)) await valueOf(queue.enqueue({ kind, key, payload: "first" }));
    await valueOf(queue.start({ [kind]: handler }));
    await clock.advance(1);
    const waiting = { payload: '"enqueued"', run_at: at(60), attempts: 0, lease_owner: null };
    expect(rows()).toMatchObject(Object.keys(times).map((key) => ({ ...waiting, key })));
  });

  it("waits longer after each failure, notes the last one, and buries the job in the end", async () => {
    const { queue, clock, rows, log } = await prepare();
    await valueOf(queue.enqueue(aJob({ key: "1" })));
    await valueOf(queue.start({ [kind]: failing }));
    for (const seconds of [1, 2, 4]) {
      await clock.advance(0.25);
      const [row] = rows() as { run_at: string }[];
      expect(row).toMatchObject({ last_error: "on purpose", dead_at: null, lease_owner: null });
      const wait = secondsBetween(clock.now(), row?.run_at ?? "");
      expect(wait).toBeGreaterThanOrEqual(seconds * 0.8 - 0.25);
      expect(wait).toBeLessThanOrEqual(seconds * 1.2);
      await clock.advance(wait);
    }
    await clock.advance(1);
    expect(rows()).toMatchObject([{ attempts: 4, last_error: "on purpose", dead_at: expect.any(String) }]);
    expect(log.entries.map(({ level, message }) => `${level}: ${message}`)).toStrictEqual([
      ...Array<string>(3).fill("warn: a job failed and will be tried again"),
      "error: a job is dead",
    ]);
  });

  it("keeps of each job only the last death", async () => {
    const { queue, clock, rows } = await prepare();
    const handler: JobHandler = ({ payload }) => errAsync({ type: "job-failure", permanent: true, cause: payload });
    await valueOf(queue.start({ [kind]: handler }));
    for (const payload of ["first", "second"]) {
      await valueOf(queue.enqueue(aJob({ key: "1", payload })));
      await clock.advance(0.25);
    }
    expect(rows()).toMatchObject([{ key: "1", last_error: "second" }]);
  });

  it("buries a job whose process died at every attempt, without running it once more", async () => {
    const { queue, clock, database, rows } = await prepare();
    await valueOf(queue.enqueue(aJob()));
    database.exec(`update likeness_job set attempts = 4, lease_owner = 'the dead', lease_until = '${testStart}'`);
    const handler = vi.fn(done);
    await valueOf(queue.start({ [kind]: handler }));
    await clock.advance(1);
    expect(handler).not.toHaveBeenCalled();
    expect(rows()).toMatchObject([{ last_error: "its lease ran out at the last attempt", dead_at: testStart }]);
  });

  it("takes what a handler throws, and a payload that cannot be read, for a failure", async () => {
    const { queue, clock, database, rows } = await prepare();
    await valueOf(queue.enqueue(aJob({ kind: "throws" })));
    await valueOf(queue.enqueue(aJob({ kind: "unreadable" })));
    database.exec("update likeness_job set payload = '{' where kind = 'unreadable'");
    const throws: JobHandler = () => {
      throw new Error("a mistake");
    };
    await valueOf(queue.start({ throws, unreadable: done }));
    await clock.advance(0);
    expect(rows()).toMatchObject([
      { attempts: 1, last_error: "Error: a mistake" },
      { attempts: 1, last_error: expect.stringMatching(/^SyntaxError: /) },
    ]);
  });

  it("tells an outage once, polls on, and goes on afterwards", async () => {
    const { queue, clock, database, log } = await prepare();
    const handler = vi.fn(done);
    await valueOf(queue.enqueue(aJob()));
    database.exec("alter table likeness_job rename to lost");
    expect(await queue.start({ [kind]: handler })).toMatchObject(err({ type: "storage-failure" }));
    database.exec("alter table lost rename to likeness_job");
    await valueOf(queue.start({ [kind]: handler }));
    database.exec("alter table likeness_job rename to lost");
    await clock.advance(5);
    database.exec("alter table lost rename to likeness_job");
    await clock.advance(0.25);
    expect(handler).toHaveBeenCalledOnce();
    expect(log.entries).toStrictEqual([
      {
        level: "error",
        fields: { error: expect.stringContaining("no such table: likeness_job") },
        message: "jobs cannot be claimed",
      },
      { level: "info", fields: {}, message: "jobs can be claimed again" },
    ]);
  });

  it("aborts a job whose lease went to another worker, and does not touch it any more", async () => {
    const { queue, clock, database, rows, log } = await prepare();
    const handler = vi.fn<JobHandler>(({ signal }) =>
      ResultAsync.fromSafePromise(
        new Promise((resolve) => signal.addEventListener("abort", () => resolve({ type: "done" }))),
      ),
    );
    await valueOf(queue.enqueue(aJob()));
    await valueOf(queue.start({ [kind]: handler }));
    await clock.advance(0);
    database.exec(
      `update likeness_job set lease_owner = 'another worker', lease_until = '${addSeconds(testStart, 3_600)}'`,
    );
    await clock.advance(leaseSeconds);
    expect(handler.mock.calls[0]?.[0].signal.aborted).toBe(true);
    expect(rows()).toMatchObject([{ lease_owner: "another worker", attempts: 1 }]);
    expect(log.entries.map(({ message }) => message)).toStrictEqual(["a lease was lost"]);
  });

  it("keeps a job whose lease could not be renewed once", async () => {
    const { queue, clock, database, log } = await prepare();
    const handler = vi.fn(endless);
    await valueOf(queue.enqueue(aJob()));
    await valueOf(queue.start({ [kind]: handler }));
    await clock.advance(0);
    database.exec("alter table likeness_job rename to lost");
    await clock.advance(leaseSeconds / 3);
    database.exec("alter table lost rename to likeness_job");
    await clock.advance(leaseSeconds * 2);
    expect(handler.mock.calls.map(([{ attempt, signal }]) => [attempt, signal.aborted])).toStrictEqual([[1, false]]);
    const failures = log.entries.filter(({ message }) => message === "a lease could not be renewed");
    expect(failures).toHaveLength(1);
  });

  it("renews no lease of a job that ended while one was being renewed", async () => {
    const { queue, store, clock, rows, log } = await prepare();
    let finish = (): void => undefined;
    let release = (): void => undefined;
    const handler: JobHandler = () =>
      ResultAsync.fromSafePromise(new Promise((resolve) => (finish = () => resolve({ type: "done" }))));
    await valueOf(queue.enqueue(aJob()));
    await valueOf(queue.start({ [kind]: handler }));
    await clock.advance(0);
    // Has the only connection, so that the renewal waits for it.
    const holding = store.atomically(() =>
      ResultAsync.fromSafePromise(new Promise<void>((resolve) => (release = resolve))),
    );
    await clock.advance(leaseSeconds / 3);
    finish();
    await setImmediate();
    release();
    await holding;
    await vi.waitUntil(() => rows().length === 0);
    await clock.advance(leaseSeconds);
    expect(log.entries).toStrictEqual([]);
  });

  it("logs that an outcome could not be stored, and lets the lease bring the job back", async () => {
    const { queue, clock, database, log } = await prepare();
    const handler = vi.fn<JobHandler>(() => {
      if (handler.mock.calls.length === 1) database.exec("alter table likeness_job rename to lost");
      return okAsync({ type: "done" });
    });
    await valueOf(queue.enqueue(aJob()));
    await valueOf(queue.start({ [kind]: handler }));
    await clock.advance(0);
    database.exec("alter table lost rename to likeness_job");
    await clock.advance(leaseSeconds);
    expect(handler.mock.calls.map(([{ attempt }]) => attempt)).toStrictEqual([1, 2]);
    expect(log.entries.map(({ message }) => message)).toContain("the outcome of a job was not stored");
  });

  it("hands back what it claimed while it was being stopped", async () => {
    const { queue, rows } = await prepare();
    const handler = vi.fn(endless);
    await valueOf(queue.enqueue(aJob()));
    await valueOf(queue.start({ [kind]: handler }));
    expect(await queue.stop({ graceMs: 0 })).toStrictEqual(ok(undefined));
    expect(rows()).toMatchObject([{ attempts: 0, lease_owner: null, run_at: testStart }]);
  });

  it("returns that leases could not be handed back", async () => {
    const { queue, clock, database } = await prepare();
    await valueOf(queue.enqueue(aJob()));
    await valueOf(queue.start({ [kind]: endless }));
    await clock.advance(0);
    database.close();
    const stopping = queue.stop({ graceMs: 0 });
    await clock.advance(0);
    expect(await stopping).toStrictEqual(
      err({ type: "storage-failure", cause: new TypeError("The database connection is not open") }),
    );
  });

  it("is not started twice, but may be started anew", async () => {
    const { queue } = await prepare();
    await valueOf(queue.start({}));
    expect(() => queue.start({})).toThrow("this queue was started before");
    await valueOf(queue.stop({ graceMs: 0 }));
    expect(await queue.start({})).toStrictEqual(ok(undefined));
  });

  it("does not start without its table", async () => {
    const { db } = openSqlite(temporaryPath());
    const queue = sqliteJobQueue(db, { clock: testClock() });
    expect(await queue.start({ [kind]: done })).toMatchObject(err({ type: "storage-failure" }));
  });
});
