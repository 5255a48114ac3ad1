import { describe, expect, it } from "vitest";
import { enqueueMany, type Store } from "@likeness/core";
import { err, errAsync, ok } from "neverthrow";
import { aJob } from "../../fixtures/job.ts";
import { aSession } from "../../fixtures/session.ts";
import { valueOf } from "../../results/value-of.ts";
import { done, recorded } from "./recorded-handler.ts";
import type { JobQueueBench, PrepareJobQueue, RunningCase } from "./subject.ts";

export function describeTransactionalJobs(prepare: PrepareJobQueue): void {
  describe("within a transaction", () => {
    it("enqueues with a commit, and the job sees what its transaction wrote", (test) =>
      withStore(prepare, test, async ({ worker, time, finished }, store) => {
        const queue = await worker();
        const session = aSession();
        const seen: unknown[] = [];
        const { handler } = recorded(time.clock, () =>
          store.sessions
            .find(session.key)
            .map((found) => void seen.push(found))
            .orElse(() => ok(undefined))
            .andThen(done),
        );
        await valueOf(queue.start({ "example.work": handler }));
        await valueOf(store.atomically((tx) => tx.jobs.enqueue(aJob()).andThen(() => tx.sessions.save(session))));
        await time.until("the job has run", () => seen.length > 0);
        await finished();
        expect(seen).toStrictEqual([{ ...session, version: 1 }]);
      }));

    it("leaves no job behind a rollback", (test) =>
      withStore(prepare, test, async ({ worker, time, finished, openKeys }, store) => {
        const queue = await worker();
        const { handler, runs } = recorded(time.clock);
        await valueOf(queue.start({ "example.work": handler }));
        const outcome = await store.atomically((tx) =>
          tx.jobs
            .enqueue(aJob({ key: "rolled back" }))
            .andThen(() =>
              enqueueMany(tx.jobs, [aJob({ key: "so is this" }), aJob({ kind: "another", key: "and this" })]),
            )
            .andThen(() => errAsync("no" as const)),
        );
        expect(outcome).toStrictEqual(err("no"));
        expect(await openKeys()).toStrictEqual([]);
        await valueOf(store.jobs.enqueue(aJob({ key: "next" })));
        await time.until("the next job has run", () => runs.length > 0);
        await finished();
        expect(runs.map(({ key }) => key)).toStrictEqual(["next"]);
      }));

    it("adds nothing to an unclaimed job, and the transaction goes on", (test) =>
      withStore(prepare, test, async ({ openKeys }, store) => {
        const [job, session] = [aJob(), aSession()];
        await valueOf(store.jobs.enqueue(job));
        await valueOf(store.atomically((tx) => tx.jobs.enqueue(job).andThen(() => tx.sessions.save(session))));
        expect(await openKeys()).toStrictEqual([job.key]);
        expect(await store.sessions.find(session.key)).toStrictEqual(ok({ ...session, version: 1 }));
      }));
  });
}

async function withStore(
  prepare: PrepareJobQueue,
  test: RunningCase,
  work: (bench: JobQueueBench, store: Store) => Promise<void>,
): Promise<void> {
  const bench = await prepare(test);
  const { store } = bench.subject;
  if (!store) throw new Error("there is no store to share transactions with: say so by `transactions: false`");
  await work(bench, store);
}
