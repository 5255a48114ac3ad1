import { describe, expect, it } from "vitest";
import { ResultAsync } from "neverthrow";
import { aJob } from "../../fixtures/job.ts";
import { valueOf } from "../../results/value-of.ts";
import { done, failed, recorded, type RecordedRun } from "./recorded-handler.ts";
import type { PrepareJobQueue } from "./subject.ts";

const attemptsUpTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

const laterAndLater = (runs: readonly RecordedRun[]): boolean =>
  runs.every((run, index) => index === 0 || run.at > (runs[index - 1]?.at ?? run.at));

export function describeRetries(prepare: PrepareJobQueue): void {
  describe("retries", () => {
    it("tries a failing job again, after a while each time, until it works", async (test) => {
      const { worker, time, finished, deadKeys, subject } = await prepare(test);
      const queue = await worker();
      const { handler, runs } = recorded(time.clock, (_, count) => (count < subject.maxAttempts ? failed() : done()));
      await valueOf(queue.start({ "example.work": handler }));
      await valueOf(queue.enqueue(aJob({ payload: "the same" })));
      await finished();
      expect(runs.map(({ attempt }) => attempt)).toStrictEqual(attemptsUpTo(subject.maxAttempts));
      expect(new Set(runs.map(({ payload }) => payload))).toStrictEqual(new Set(["the same"]));
      expect(laterAndLater(runs)).toBe(true);
      expect(await deadKeys()).toStrictEqual([]);
    });

    it("gives a job up when its attempts are used up, and takes it anew after that", async (test) => {
      const { worker, time, finished, deadKeys, subject } = await prepare(test);
      const queue = await worker();
      const { handler, runs } = recorded(time.clock, (_, count) => (count <= subject.maxAttempts ? failed() : done()));
      const job = aJob();
      await valueOf(queue.start({ [job.kind]: handler }));
      await valueOf(queue.enqueue(job));
      await finished();
      expect(await deadKeys()).toStrictEqual([job.key]);
      expect(runs.map(({ attempt }) => attempt)).toStrictEqual(attemptsUpTo(subject.maxAttempts));

      await valueOf(queue.enqueue(job));
      await time.until("the new job has run", () => runs.length > subject.maxAttempts);
      await finished();
      expect(runs.at(-1)).toMatchObject({ key: job.key, attempt: 1 });
      expect(runs).toHaveLength(subject.maxAttempts + 1);
    });

    it("forgets dead jobs whose keys name what is erased, and no others", async (test) => {
      const { worker, time, finished, deadKeys } = await prepare(test);
      const queue = await worker();
      if (!queue.forget) throw new Error("a queue that keeps dead jobs needs `forget`");
      const { handler } = recorded(time.clock, () => failed(true));
      const keys = ["telegram:4", "telegram:42", "telegram:42:2026", "42:7", "424"];
      await valueOf(queue.start({ "example.work": handler }));
      for (const key of keys) await valueOf(queue.enqueue(aJob({ key })));
      await finished();
      expect(await deadKeys()).toHaveLength(keys.length);
      await valueOf(queue.forget(["telegram:42", "42"]));
      expect(new Set(await deadKeys())).toStrictEqual(new Set(["telegram:4", "424"]));
    });

    it("gives a job up at once when its failure is permanent", async (test) => {
      const { worker, time, finished, deadKeys } = await prepare(test);
      const queue = await worker();
      const { handler, runs } = recorded(time.clock, () => failed(true));
      const job = aJob();
      await valueOf(queue.start({ [job.kind]: handler }));
      await valueOf(queue.enqueue(job));
      await finished();
      expect(await deadKeys()).toStrictEqual([job.key]);
      expect(runs).toHaveLength(1);
    });

    it.for([
      ["throws", () => thrown()],
      ["rejects", () => new ResultAsync<never, never>(Promise.reject(new Error("a mistake of the handler")))],
    ] as const)("counts a handler that %s as a failure that may pass", async ([, mistake], test) => {
      const { worker, time, finished, deadKeys } = await prepare(test);
      const queue = await worker();
      const { handler, runs } = recorded(time.clock, (_run, count) => (count === 1 ? mistake() : done()));
      await valueOf(queue.start({ "example.work": handler }));
      await valueOf(queue.enqueue(aJob()));
      await finished();
      expect(runs.map(({ attempt }) => attempt)).toStrictEqual([1, 2]);
      expect(await deadKeys()).toStrictEqual([]);
    });

    it("runs other jobs while one waits for its next attempt", async (test) => {
      const { worker, time, finished, subject } = await prepare(test);
      const queue = await worker();
      const { handler, runs } = recorded(time.clock, ({ key, attempt }) =>
        key === "failing" && attempt < subject.maxAttempts ? failed() : done(),
      );
      await valueOf(queue.start({ "example.work": handler }));
      await valueOf(queue.enqueue(aJob({ key: "failing" })));
      await time.until("the first attempt has failed", () => runs.length > 0);
      await valueOf(queue.enqueue(aJob({ key: "fine" })));
      await finished();
      expect(runs.filter(({ key }) => key === "fine")).toMatchObject([{ attempt: 1 }]);
      expect(runs.at(-1)?.key).toBe("failing");
    });
  });
}

const thrown = (): never => {
  throw new Error("a mistake of the handler");
};
