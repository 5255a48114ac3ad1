import { fileURLToPath } from "node:url";
import { systemClock, type JobHandler } from "@likeness/core";
import { aJob, valueOf } from "@likeness/testing";
import { runProgram } from "@likeness/test-processes/run-program.ts";
import { okAsync } from "neverthrow";
import { describe, expect, it, vi, type TestContext } from "vitest";
import { startPostgres } from "@likeness/test-postgres/start-postgres.ts";
import { pgBossJobQueue, type PgBossJobQueue } from "./pg-boss-job-queue.ts";
import { newDatabase } from "./__fixtures__/databases.ts";
import { startBoss } from "./__fixtures__/start-boss.ts";

const kind = "example.work";

async function newQueue(test: TestContext, url: string): Promise<PgBossJobQueue> {
  const boss = await startBoss(test, url);
  const queue = pgBossJobQueue(boss, { clock: systemClock });
  test.onTestFinished(async () => void (await queue.stop({ graceMs: 0 })));
  return queue;
}

/** Runs a program of `__fixtures__/processes` in a process of its own. */
const run = ({ onTestFinished }: TestContext, name: string, url: string) =>
  runProgram(fileURLToPath(new URL(`__fixtures__/processes/${name}.ts`, import.meta.url)), {
    parameters: [url],
    onTestFinished,
  });

describe.concurrent("several processes on one database", { timeout: 90_000 }, () => {
  it("run the job of one that was killed within 15 seconds", async (test) => {
    const url = await newDatabase(test);
    const queue = await newQueue(test, url);
    const holder = run(test, "hold-jobs", url);
    await valueOf(queue.enqueue(aJob({ key: "left behind" })));
    await holder.said(/\n/);
    await holder.end("SIGKILL");

    const runs: unknown[] = [];
    const handler: JobHandler = ({ key, attempt }) => {
      runs.push({ key, attempt });
      return okAsync({ type: "done" });
    };
    await valueOf(queue.start({ [kind]: handler }));
    await vi.waitUntil(() => runs.length > 0, { timeout: 15_000 });
    expect(runs).toStrictEqual([{ key: "left behind", attempt: 2 }]);
  });

  it("share 500 jobs, and none is run twice", async (test) => {
    const url = await newDatabase(test);
    const queue = await newQueue(test, url);
    const keys = Array.from({ length: 500 }, (_, index) => `job ${index + 100}`);
    for (const key of keys) await valueOf(queue.enqueue(aJob({ key })));
    const programs = [run(test, "run-jobs", url), run(test, "run-jobs", url)];
    const said = () =>
      programs.map(({ now }) =>
        now()
          .output.split("\n")
          .slice(0, -1)
          .map((line): { word: string; key: string } => JSON.parse(line)),
      );
    const ended = () => said().map((words) => words.filter(({ word }) => word === "end").map(({ key }) => key));
    await vi.waitUntil(() => ended().flat().length >= keys.length, { timeout: 60_000 });
    for (const { child } of programs) child.stdin.end();
    await Promise.all(programs.map((program) => program.ended));
    expect(ended().flat().toSorted()).toStrictEqual(keys);
    expect(ended().every((own) => own.length > 0)).toBe(true);
  });

  it("go on when the server is restarted under load", async (test) => {
    const server = await startPostgres();
    test.onTestFinished(() => server.stop());
    const queues = await Promise.all([newQueue(test, server.url), newQueue(test, server.url)]);
    const done = new Set<string>();
    const handler: JobHandler = ({ key }) => {
      done.add(key);
      return okAsync({ type: "done" });
    };
    for (const queue of queues) await valueOf(queue.start({ [kind]: handler }));

    const promised: string[] = [];
    const enqueue = async (key: string): Promise<void> => {
      if ((await queues[0].enqueue(aJob({ key }))).isOk()) promised.push(key);
    };
    for (const restarts of [1, 2]) {
      const restarted = server.restart();
      const enqueued = Array.from({ length: 100 }, (_, index) => enqueue(`${restarts} ${index}`));
      await Promise.all([restarted, ...enqueued]);
      await enqueue(`after ${restarts}`);
    }
    expect(promised).toContain("after 2");
    await vi.waitUntil(() => promised.every((key) => done.has(key)), { timeout: 60_000 });
  });
});
