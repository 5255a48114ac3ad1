import { describe, expect, it } from "vitest";
import { stoppableClock } from "../../clock/stoppable-clock.ts";
import { aJob } from "../../fixtures/job.ts";
import { valueOf } from "../../results/value-of.ts";
import { closedGate } from "../gate.ts";
import { done, doneAfter, failed, recorded } from "./recorded-handler.ts";
import type { PrepareJobQueue } from "./subject.ts";

export function describeLeases(prepare: PrepareJobQueue): void {
  describe("leases", () => {
    it("shares the jobs among workers and runs none twice", async (test) => {
      const { worker, time, finished } = await prepare(test);
      const [left, right] = [await worker(), await worker()];
      const { handler, runs } = recorded(time.clock, () => doneAfter(Promise.resolve()));
      const keys = Array.from({ length: 20 }, (_, index) => `job ${index + 10}`);
      await valueOf(left.start({ "example.work": handler }));
      await valueOf(right.start({ "example.work": handler }));
      await Promise.all(keys.map((key) => valueOf(left.enqueue(aJob({ key })))));
      await finished();
      expect(runs.map(({ key }) => key).toSorted()).toStrictEqual(keys);
    });

    it("keeps a job that runs longer than the lease, as long as its worker lives", async (test) => {
      const { worker, time, finished, subject } = await prepare(test);
      const [queue, other] = [await worker(), await worker()];
      const end = closedGate();
      const { handler, runs } = recorded(time.clock, () => doneAfter(end.passed));
      await valueOf(queue.start({ "example.work": handler }));
      await valueOf(other.start({ "example.work": handler }));
      await valueOf(queue.enqueue(aJob()));
      await time.until("the job has begun", () => runs.length > 0);
      await time.pass(subject.leaseSeconds * 2);
      end.open();
      await finished();
      expect(runs.map(({ attempt }) => attempt)).toStrictEqual([1]);
      expect(runs[0]?.signal.aborted).toBe(false);
    });

    it("runs the job of a dead worker again, and does not listen to the dead", async (test) => {
      const { worker, time, finished, openKeys, subject } = await prepare(test);
      const job = aJob();
      const itsClock = stoppableClock(time.clock);
      const dying = await subject.worker(itsClock);
      const [lastWord, failure] = [closedGate(), closedGate()];
      const zombie = recorded(time.clock, () => doneAfter(lastWord.passed));
      await valueOf(dying.start({ [job.kind]: zombie.handler }));
      await valueOf(dying.enqueue(job));
      await time.until("the dying worker has begun", () => zombie.runs.length > 0);
      itsClock.stop();
      await subject.freeze?.(dying);

      const heir = recorded(time.clock, (_, count) =>
        count === 1 ? doneAfter(failure.passed).andThen(() => failed()) : done(),
      );
      await valueOf((await worker()).start({ [job.kind]: heir.handler }));
      await time.until("the lease has run out and the heir has begun", () => heir.runs.length > 0);
      lastWord.open();
      await time.pass(1);
      expect(await openKeys()).toStrictEqual([job.key]);

      // If the dead worker's outcome had removed the job, the failure of its new worker could not be retried.
      failure.open();
      await finished();
      expect(heir.runs).toHaveLength(2);
      expect(zombie.runs).toHaveLength(1);
    });
  });
}
