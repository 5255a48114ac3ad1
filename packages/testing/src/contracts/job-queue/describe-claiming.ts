import { describe, expect, it } from "vitest";
import { addSeconds, type JobHandlers, type JobQueue, type RunningJob } from "@likeness/core";
import { ok } from "neverthrow";
import { stoppableClock } from "../../clock/stoppable-clock.ts";
import { aJob } from "../../fixtures/job.ts";
import { valueOf } from "../../results/value-of.ts";
import { closedGate } from "../gate.ts";
import { done, doneAfter, failed, recorded } from "./recorded-handler.ts";
import type { PrepareJobQueue } from "./subject.ts";

export function describeClaiming(prepare: PrepareJobQueue): void {
  describe("claiming on demand", () => {
    it("runs due jobs of the kinds that it is given, up to the limit, in a queue that was never started", async (test) => {
      const { worker, time, openKeys } = await prepare(test);
      const queue = await worker();
      const { handler, runs } = recorded(time.clock);
      for (const key of ["1", "2", "3"]) await valueOf(queue.enqueue(aJob({ key, payload: { number: key } })));
      await valueOf(queue.enqueue(aJob({ key: "later", runAt: addSeconds(time.clock.now(), 600) })));
      await valueOf(queue.enqueue(aJob({ key: "other", kind: "other" })));
      const handlers = { "example.work": handler };

      expect(await endsOf(await valueOf(queue.claimDue(handlers, 2)))).toStrictEqual(["done", "done"]);
      const rest = await valueOf(queue.claimDue(handlers, 9));
      expect(await endsOf(rest)).toStrictEqual(["done"]);
      expect(await queue.claimDue(handlers, 9)).toStrictEqual(ok([]));
      const inOrder = runs.toSorted((left, right) => left.key.localeCompare(right.key));
      expect(inOrder).toMatchObject(["1", "2", "3"].map((key) => ({ key, payload: { number: key }, attempt: 1 })));
      expect((await openKeys()).toSorted()).toStrictEqual(["later", "other"]);
    });

    it("runs each job once when it is called twice at once, beside a worker", async (test) => {
      const { worker, time, finished } = await prepare(test);
      const [left, right] = [await worker(), await worker()];
      const { handler, runs } = recorded(time.clock, () => doneAfter(Promise.resolve()));
      const handlers = { "example.work": handler };
      const keys = Array.from({ length: 20 }, (_, index) => `job ${index + 10}`);
      await Promise.all(keys.map((key) => valueOf(left.enqueue(aJob({ key })))));
      await Promise.all([untilNoneIsDue(left, handlers), untilNoneIsDue(right, handlers), left.start(handlers)]);
      await finished();
      expect(runs.map(({ key }) => key).toSorted()).toStrictEqual(keys);
    });

    it("retries a job that fails, and keeps one that fails for ever as dead", async (test) => {
      const { worker, time, deadKeys, openKeys } = await prepare(test);
      const queue = await worker();
      const { handler, runs } = recorded(time.clock, (job, count) => (count > 2 ? done() : failed(job.key === "bad")));
      const handlers = { "example.work": handler };
      for (const key of ["bad", "unlucky"]) await valueOf(queue.enqueue(aJob({ key })));
      expect(await endsOf(await valueOf(queue.claimDue(handlers, 2)))).toStrictEqual(["failed", "failed"]);
      expect(await deadKeys()).toStrictEqual(["bad"]);
      expect(await openKeys()).toStrictEqual(["unlucky"]);
      await time.until("it is tried again", async () => {
        await untilNoneIsDue(queue, handlers);
        return runs.length === 3;
      });
      expect(runs.at(-1)).toMatchObject({ key: "unlucky", attempt: 2 });
      expect(await openKeys()).toStrictEqual([]);
    });

    it("keeps a job that runs longer than the lease", async (test) => {
      const { worker, time, subject, openKeys } = await prepare(test);
      const [queue, other] = [await worker(), await worker()];
      const end = closedGate();
      const { handler, runs } = recorded(time.clock, () => doneAfter(end.passed));
      const handlers = { "example.work": handler };
      await valueOf(queue.enqueue(aJob()));
      const running = await valueOf(queue.claimDue(handlers, 1));
      await time.pass(subject.leaseSeconds * 2);
      expect(await other.claimDue(handlers, 1)).toStrictEqual(ok([]));
      end.open();
      expect(await endsOf(running)).toStrictEqual(["done"]);
      expect(runs[0]?.signal.aborted).toBe(false);
      expect(await openKeys()).toStrictEqual([]);
    });

    it("hands a job back at once, with its attempts", async (test) => {
      const { worker, time, openKeys } = await prepare(test);
      const [queue, other] = [await worker(), await worker()];
      const end = closedGate();
      const { handler: stubborn, runs: aborted } = recorded(time.clock, () => doneAfter(end.passed));
      const { handler, runs } = recorded(time.clock);
      await valueOf(queue.enqueue(aJob({ key: "long" })));
      const [job] = await valueOf(queue.claimDue({ "example.work": stubborn }, 1));
      expect(job).toMatchObject({ kind: "example.work", key: "long" });
      expect(await job?.handBack()).toStrictEqual(ok(undefined));
      expect(aborted[0]?.signal.aborted).toBe(true);
      expect(await openKeys()).toStrictEqual(["long"]);
      expect(await endsOf(await valueOf(other.claimDue({ "example.work": handler }, 1)))).toStrictEqual(["done"]);
      expect(runs).toMatchObject([{ key: "long", attempt: 1 }]);
      end.open();
      await time.pass(1);
      expect(await openKeys()).toStrictEqual([]);
    });

    it("hands a job back behind what else is due", async (test) => {
      const { worker, time } = await prepare(test);
      const queue = await worker();
      const end = closedGate();
      const { handler, runs } = recorded(time.clock, (_, count) => (count === 1 ? doneAfter(end.passed) : done()));
      const handlers = { "example.work": handler };
      for (const key of ["long", "short"]) {
        await valueOf(queue.enqueue(aJob({ key })));
        await time.pass(0.01);
      }
      const [job] = await valueOf(queue.claimDue(handlers, 1));
      expect(await job?.handBack()).toStrictEqual(ok(undefined));
      await untilNoneIsDue(queue, handlers, 1);
      end.open();
      expect(runs.map(({ key }) => key)).toStrictEqual(["long", "short", "long"]);
    });

    it("leaves the job of a process that was killed to another one, after its lease", async (test) => {
      const { worker, time, subject, openKeys } = await prepare(test);
      const itsClock = stoppableClock(time.clock);
      const dying = await subject.worker(itsClock);
      const lastWord = closedGate();
      const zombie = recorded(time.clock, () => doneAfter(lastWord.passed));
      const heir = recorded(time.clock);
      await valueOf(dying.enqueue(aJob({ key: "left behind" })));
      const lost = await valueOf(dying.claimDue({ "example.work": zombie.handler }, 1));
      itsClock.stop();
      await subject.freeze?.(dying);

      const other = await worker();
      expect(await other.claimDue({ "example.work": heir.handler }, 1)).toStrictEqual(ok([]));
      await time.until("another one runs it", async () => {
        await untilNoneIsDue(other, { "example.work": heir.handler });
        return heir.runs.length > 0;
      });
      expect(heir.runs).toMatchObject([{ key: "left behind", attempt: 2 }]);
      lastWord.open();
      expect(await endsOf(lost)).toStrictEqual(["lost"]);
      expect(await openKeys()).toStrictEqual([]);
    });
  });
}

const endsOf = (jobs: readonly RunningJob[]) => Promise.all(jobs.map(({ ended }) => ended));

async function untilNoneIsDue(queue: JobQueue, handlers: JobHandlers, limit = 3): Promise<void> {
  for (let jobs = await valueOf(queue.claimDue(handlers, limit)); jobs.length > 0;) {
    await endsOf(jobs);
    jobs = await valueOf(queue.claimDue(handlers, limit));
  }
}
