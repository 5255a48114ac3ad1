import { fileURLToPath } from "node:url";
import { systemClock, type ClaimedJob } from "@likeness/core";
import { aJob, valueOf } from "@likeness/testing";
import { runProgram } from "@likeness/test-processes/run-program.ts";
import { okAsync } from "neverthrow";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openSqlite, temporaryPath, temporarySqlite } from "../__fixtures__/temporary-sqlite.ts";
import { sqliteJobQueue } from "./sqlite-job-queue.ts";

/** Runs a program of `__fixtures__/processes` in a process of its own. */
const run = (program: string, ...parameters: string[]) =>
  runProgram(fileURLToPath(new URL(`../__fixtures__/processes/${program}.ts`, import.meta.url)), {
    parameters,
    onTestFinished,
  });

describe("several processes on one file", () => {
  it("migrate at once and write 600 transactions that read first, without SQLITE_BUSY", async () => {
    const path = temporaryPath();
    const programs = [run("write-transactions", path, "300"), run("write-transactions", path, "300")];
    await Promise.all(programs.map(({ said }) => said(/ready/)));
    for (const { child } of programs) child.stdin.write("go\n");
    for (const { ended } of programs) expect(await ended).toMatchObject({ code: 0, output: "ready\n", errors: "" });
    expect(openSqlite(path).database.prepare("select value from likeness_session").pluck().all()).toStrictEqual([
      "600",
    ]);
  });

  it("run the job of one that was killed when its lease is over, and not before", async () => {
    const { db, database, path } = await temporarySqlite();
    const queue = sqliteJobQueue(db, { clock: systemClock, leaseSeconds: 1 });
    await valueOf(queue.enqueue(aJob({ key: "left behind" })));

    const holder = run("hold-a-job", path, "1");
    await holder.said(/claimed/);
    await holder.end("SIGKILL");
    const leaseUntil = database.prepare("select lease_until from likeness_job").pluck().get();

    const runs: (ClaimedJob & { at: string })[] = [];
    onTestFinished(async () => void (await queue.stop({ graceMs: 0 })));
    const handler = (job: ClaimedJob) => {
      runs.push({ ...job, at: systemClock.now() });
      return okAsync({ type: "done" } as const);
    };
    await valueOf(queue.start({ "example.work": handler }));
    await vi.waitUntil(() => runs.length > 0, { timeout: 10_000 });
    expect(runs).toMatchObject([{ key: "left behind", attempt: 2 }]);
    expect(String(runs[0]?.at) >= String(leaseUntil)).toBe(true);
    await vi.waitUntil(() => database.prepare("select * from likeness_job").all().length === 0);
  });

  it("have stored what they answered, when they are killed among commits that many share", async () => {
    const { database, path } = await temporarySqlite();
    for (let round = 0; round < 3; round++) {
      const { said, end } = run("store-until-killed", path);
      await said(/\n/);
      const stored = () => Number(database.prepare("select count(*) from likeness_session").pluck().get());
      await vi.waitUntil(() => stored() > 200);
      const answered = (await end("SIGKILL")).output.split("\n").slice(0, -1);
      expect(answered.length).toBeGreaterThan(100);
      const keys = new Set(database.prepare("select key from likeness_session").pluck().all());
      expect(answered.filter((key) => !keys.has(key))).toStrictEqual([]);
      database.exec("delete from likeness_session");
    }
  });

  it("end by themselves when they have nothing but an idle queue", async () => {
    const { path } = await temporarySqlite();
    expect(await run("leave-a-queue", path).ended).toMatchObject({ code: 0, output: "started", errors: "" });
  });

  it("live until their queue has stopped, and hand its jobs back", async () => {
    const { db, path } = await temporarySqlite();
    await valueOf(sqliteJobQueue(db, { clock: systemClock }).enqueue(aJob({ key: "endless" })));
    const left = [{ key: "endless", attempts: 0, lease_owner: null }];
    expect(await run("stop-a-job", path).ended).toMatchObject({ code: 0, output: JSON.stringify(left), errors: "" });
  });
});
