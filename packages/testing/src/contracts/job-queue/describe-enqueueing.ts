import { describe, expect, it } from "vitest";
import { addSeconds, enqueueMany } from "@likeness/core";
import { ok } from "neverthrow";
import { aJob } from "../../fixtures/job.ts";
import { valueOf } from "../../results/value-of.ts";
import { awkwardJson, foreignText } from "../store/awkward.ts";
import { done, nudged, recorded } from "./recorded-handler.ts";
import type { PrepareJobQueue } from "./subject.ts";

export function describeEnqueueing(prepare: PrepareJobQueue): void {
  describe("enqueueing", () => {
    it("runs a job with its key and payload, once, and is done with it", async (test) => {
      const { worker, time, finished, deadKeys } = await prepare(test);
      const queue = await worker();
      const { handler, runs } = recorded(time.clock);
      const job = aJob({ key: foreignText, payload: awkwardJson });
      await valueOf(queue.start({ [job.kind]: handler }));
      expect(await queue.enqueue(job)).toStrictEqual(ok(undefined));
      await time.until("the job has run", () => runs.length > 0);
      await finished();
      expect(runs).toMatchObject([{ kind: job.kind, key: job.key, payload: job.payload, attempt: 1 }]);
      expect(runs[0]?.signal.aborted).toBe(false);
      expect(await deadKeys()).toStrictEqual([]);
    });

    it("runs what was enqueued before it started, and each kind by its own handler", async (test) => {
      const { worker, time, finished } = await prepare(test);
      const queue = await worker();
      const [left, right] = [recorded(time.clock), recorded(time.clock)];
      await valueOf(queue.enqueue(aJob({ kind: "left", key: "same" })));
      await valueOf(queue.enqueue(aJob({ kind: "right", key: "same" })));
      await valueOf(queue.start({ left: left.handler, right: right.handler }));
      await finished();
      expect(left.runs.map(({ kind }) => kind)).toStrictEqual(["left"]);
      expect(right.runs.map(({ kind }) => kind)).toStrictEqual(["right"]);
    });

    it("takes several at once, of any kinds, as each of them alone", async (test) => {
      const { worker, time, finished, openKeys } = await prepare(test);
      const queue = await worker();
      const [left, right] = [recorded(time.clock), recorded(time.clock)];
      const job = (kind: string, key: string) => aJob({ kind, key, payload: `${kind} ${key}` });
      const unclaimed = job("left", "known");
      await valueOf(queue.enqueue(unclaimed));
      const many = [job("left", "1"), job("right", "1"), { ...unclaimed, payload: "no" }, job("left", foreignText)];
      expect(await enqueueMany(queue, [])).toStrictEqual(ok(undefined));
      expect(await enqueueMany(queue, [...many, { ...job("right", "1"), payload: "no" }])).toStrictEqual(ok(undefined));
      expect(await openKeys()).toHaveLength(4);
      await valueOf(queue.start({ left: left.handler, right: right.handler }));
      await finished();
      expect(new Set(left.runs.map(({ payload }) => payload))).toStrictEqual(
        new Set(["left 1", "left known", `left ${foreignText}`]),
      );
      expect(right.runs.map(({ payload }) => payload)).toStrictEqual(["right 1"]);
      expect(left.runs).toHaveLength(3);
    });

    it("adds nothing while a job of that kind and key is unclaimed", async (test) => {
      const { worker, time, finished, openKeys } = await prepare(test);
      const queue = await worker();
      const { handler, runs } = recorded(time.clock);
      const job = aJob({ payload: "first" });
      await valueOf(queue.enqueue(job));
      const results = await Promise.all([1, 2, 3].map((payload) => queue.enqueue({ ...job, payload })));
      expect(results).toStrictEqual([ok(undefined), ok(undefined), ok(undefined)]);
      expect(await openKeys()).toStrictEqual([job.key]);
      await valueOf(queue.start({ [job.kind]: handler }));
      await finished();
      expect(runs.map(({ payload }) => payload)).toStrictEqual(["first"]);
    });

    it("leaves an unclaimed job its time, whether it comes again for sooner or for later", async (test) => {
      const { worker, time, finished } = await prepare(test);
      const queue = await worker();
      const { handler, runs } = recorded(time.clock);
      const [now, soon, late] = [0, 4, 40].map((seconds) => addSeconds(time.clock.now(), seconds));
      for (const runAt of [soon, now]) await valueOf(queue.enqueue(aJob({ key: "sooner", runAt })));
      for (const runAt of [now, late]) await valueOf(queue.enqueue(aJob({ key: "later", runAt })));
      await valueOf(queue.start({ "example.work": handler }));
      await finished();
      expect(runs.map(({ key }) => key)).toStrictEqual(["later", "sooner"]);
      const [first, second] = runs.map(({ at }) => at);
      expect(first && soon && first < soon).toBe(true);
      expect(second && soon && second >= soon).toBe(true);
    });

    it("stores a job that is enqueued twenty times in parallel once", async (test) => {
      const { worker, openKeys } = await prepare(test);
      const queue = await worker();
      const job = aJob();
      const results = await Promise.all(Array.from({ length: 20 }, () => queue.enqueue(job)));
      expect(results).toStrictEqual(Array(20).fill(ok(undefined)));
      expect(await openKeys()).toStrictEqual([job.key]);
    });

    it("takes the job anew once it is done", async (test) => {
      const { worker, time, finished } = await prepare(test);
      const queue = await worker();
      const { handler, runs } = recorded(time.clock);
      const job = aJob();
      await valueOf(queue.start({ [job.kind]: handler }));
      for (const payload of ["first", "second"]) {
        await valueOf(queue.enqueue({ ...job, payload }));
        await finished();
      }
      expect(runs.map(({ payload }) => payload)).toStrictEqual(["first", "second"]);
    });

    it("does not lose a job that is enqueued while one of its key runs", async (test) => {
      const { worker, time, finished } = await prepare(test);
      const queue = await worker();
      const job = aJob();
      const { handler, runs } = recorded(time.clock, (_, count) =>
        count === 1 ? nudged(queue.enqueue({ ...job, payload: "during the run" }), { type: "done" }) : done(),
      );
      await valueOf(queue.start({ [job.kind]: handler }));
      await valueOf(queue.enqueue({ ...job, payload: "before" }));
      await finished();
      expect(runs.map(({ payload }) => payload)).toStrictEqual(["before", "during the run"]);
    });

    it("runs a job not before its time, and others meanwhile", async (test) => {
      const { worker, time, finished } = await prepare(test);
      const queue = await worker();
      const { handler, runs } = recorded(time.clock);
      const runAt = addSeconds(time.clock.now(), 4);
      await valueOf(queue.start({ "example.work": handler }));
      await valueOf(queue.enqueue(aJob({ key: "later", runAt })));
      await valueOf(queue.enqueue(aJob({ key: "now" })));
      await valueOf(queue.enqueue(aJob({ key: "overdue", runAt: addSeconds(time.clock.now(), -60) })));
      await finished();
      expect(runs.map(({ key }) => key).toSorted()).toStrictEqual(["later", "now", "overdue"]);
      expect(
        runs
          .filter(({ at }) => at < runAt)
          .map(({ key }) => key)
          .toSorted(),
      ).toStrictEqual(["now", "overdue"]);
    });

    it("leaves kinds without a handler to a worker that has one", async (test) => {
      const { worker, time, finished, openKeys } = await prepare(test);
      const [queue, other] = [await worker(), await worker()];
      const [known, unknown] = [recorded(time.clock), recorded(time.clock)];
      await valueOf(queue.start({ known: known.handler }));
      await valueOf(queue.enqueue(aJob({ kind: "unknown", key: "left alone" })));
      await valueOf(queue.enqueue(aJob({ kind: "known", key: "run" })));
      await time.until("the known job is done", async () => !(await openKeys()).includes("run"));
      expect(await openKeys()).toStrictEqual(["left alone"]);
      await valueOf(other.start({ unknown: unknown.handler }));
      await finished();
      expect(unknown.runs).toMatchObject([{ key: "left alone", attempt: 1 }]);
    });
  });
}
