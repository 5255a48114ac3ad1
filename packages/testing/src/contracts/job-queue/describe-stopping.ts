import { describe, expect, it } from "vitest";
import { secondsBetween } from "@likeness/core";
import { ok } from "neverthrow";
import { aJob } from "../../fixtures/job.ts";
import { valueOf } from "../../results/value-of.ts";
import { closedGate } from "../gate.ts";
import { doneAfter, recorded } from "./recorded-handler.ts";
import { stopped, type PrepareJobQueue } from "./subject.ts";

export function describeStopping(prepare: PrepareJobQueue): void {
  describe("stopping", () => {
    it("waits for a running job within its grace", async (test) => {
      const { worker, time, openKeys } = await prepare(test);
      const queue = await worker();
      const end = closedGate();
      const { handler, runs } = recorded(time.clock, () => doneAfter(end.passed));
      await valueOf(queue.start({ "example.work": handler }));
      await valueOf(queue.enqueue(aJob()));
      await time.until("the job has begun", () => runs.length > 0);

      const stopping = stopped(queue, time, 10_000);
      await time.pass(1);
      end.open();
      expect(await stopping).toStrictEqual(ok(undefined));
      expect(runs[0]?.signal.aborted).toBe(false);
      expect(await openKeys()).toStrictEqual([]);
    });

    it("aborts what outlasts the grace and hands it to another worker at once", async (test) => {
      const { worker, time, finished, subject } = await prepare(test);
      const [queue, other] = [await worker(), await worker()];
      const end = closedGate();
      const stubborn = recorded(time.clock, () => doneAfter(end.passed));
      const next = recorded(time.clock);
      const job = aJob();
      await valueOf(queue.start({ [job.kind]: stubborn.handler }));
      await valueOf(queue.enqueue(job));
      await time.until("the job has begun", () => stubborn.runs.length > 0);
      expect(await stopped(queue, time, 1_000)).toStrictEqual(ok(undefined));
      expect(stubborn.runs[0]?.signal.aborted).toBe(true);

      const stoppedAt = time.clock.now();
      await valueOf(other.start({ [job.kind]: next.handler }));
      await time.until("the other worker has run it", () => next.runs.length > 0);
      expect(secondsBetween(stoppedAt, next.runs[0]?.at ?? "")).toBeLessThan(subject.leaseSeconds);
      end.open();
      await finished();
      expect(next.runs).toHaveLength(1);
    });

    it("claims nothing any more", async (test) => {
      const { worker, time, finished } = await prepare(test);
      const [queue, other] = [await worker(), await worker()];
      const [early, late] = [recorded(time.clock), recorded(time.clock)];
      await valueOf(queue.start({ "example.work": early.handler }));
      expect(await stopped(queue, time)).toStrictEqual(ok(undefined));
      await valueOf(other.enqueue(aJob({ key: "after the end" })));
      await time.pass(1);
      await valueOf(other.start({ "example.work": late.handler }));
      await finished();
      expect(early.runs).toStrictEqual([]);
      expect(late.runs).toMatchObject([{ key: "after the end" }]);
    });

    it("may come before the start, and again", async (test) => {
      const { worker, time } = await prepare(test);
      const queue = await worker();
      expect(await stopped(queue, time)).toStrictEqual(ok(undefined));
      expect(await stopped(queue, time)).toStrictEqual(ok(undefined));
    });
  });
}
