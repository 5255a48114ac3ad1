import { describe, expect, it } from "vitest";
import { addSeconds, secondsBetween } from "@likeness/core";
import { aJob } from "../../fixtures/job.ts";
import { valueOf } from "../../results/value-of.ts";
import { again, done, nudged, recorded } from "./recorded-handler.ts";
import type { PrepareJobQueue } from "./subject.ts";

export function describeRunningAgain(prepare: PrepareJobQueue): void {
  describe("again", () => {
    it("runs a job once more, not before that time, with the same payload", async (test) => {
      const { worker, time, finished } = await prepare(test);
      const queue = await worker();
      const { handler, runs } = recorded(time.clock, (run, count) =>
        count === 1 ? again(addSeconds(run.at, 3)) : done(),
      );
      const job = aJob({ payload: { progress: 1 } });
      await valueOf(queue.start({ [job.kind]: handler }));
      await valueOf(queue.enqueue(job));
      await finished();
      expect(runs).toMatchObject([job, job]);
      const [first, second] = runs.map(({ at }) => at);
      expect(first && second && secondsBetween(first, second)).toBeGreaterThanOrEqual(3);
    });

    it("uses up no attempt, however often", async (test) => {
      const { worker, time, finished, deadKeys, subject } = await prepare(test);
      const queue = await worker();
      const often = subject.maxAttempts + 2;
      const { handler, runs } = recorded(time.clock, (run, count) =>
        count <= often ? again(addSeconds(run.at, 1)) : done(),
      );
      await valueOf(queue.start({ "example.work": handler }));
      await valueOf(queue.enqueue(aJob()));
      await finished();
      expect(runs.map(({ attempt }) => attempt)).toStrictEqual(Array(often + 1).fill(1));
      expect(await deadKeys()).toStrictEqual([]);
    });

    it.for([
      ["at once", 0],
      ["sooner", 5],
    ] as const)("gets along with a job of its key that came meanwhile and is due %s", async ([, seconds], test) => {
      const { worker, time, finished, deadKeys } = await prepare(test);
      const queue = await worker();
      const job = aJob();
      const { handler, runs } = recorded(time.clock, (run, count) =>
        count === 1
          ? nudged(queue.enqueue({ ...job, runAt: addSeconds(run.at, seconds) }), {
              type: "again",
              at: addSeconds(run.at, 20),
            })
          : done(),
      );
      await valueOf(queue.start({ [job.kind]: handler }));
      await valueOf(queue.enqueue(job));
      await finished();
      // The other job runs at its time. A queue may merge the requested run with it, or do both.
      expect(runs.length).toBeGreaterThanOrEqual(2);
      const [first, second] = runs.map(({ at }) => at);
      expect(first && second && secondsBetween(first, second)).toBeLessThan(20);
      expect(runs.map(({ attempt }) => attempt)).toStrictEqual(runs.map(() => 1));
      expect(await deadKeys()).toStrictEqual([]);
    });
  });
}
