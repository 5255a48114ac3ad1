import { describe, expect, it } from "vitest";
import { okAsync, ResultAsync } from "neverthrow";
import { testClock } from "../../clock/test-clock.ts";
import { describeJobQueue } from "../../contracts/job-queue/describe-job-queue.ts";
import { aJob } from "../../fixtures/job.ts";
import { valueOf } from "../../results/value-of.ts";
import { memoryStore } from "./memory-store.ts";

describeJobQueue(
  "memory",
  async (clock) => {
    const limits = { leaseSeconds: 30, maxAttempts: 4 };
    const { store, worker, jobs } = memoryStore({ clock, ...limits });
    return {
      ...limits,
      store,
      worker,
      jobs: async () => jobs().map(({ kind, key, dead }) => ({ kind, key, dead: dead !== undefined })),
    };
  },
  { records: true },
);

describe("memoryJobQueue", () => {
  it("drains: runs what is due, and what that enqueues, but not what is delayed", async () => {
    const clock = testClock();
    const { queue, store, jobs } = memoryStore({ clock });
    const ran: string[] = [];
    await valueOf(
      queue.start({
        first: () =>
          store.jobs
            .enqueue(aJob({ kind: "second" }))
            .map(() => void ran.push("first"))
            .map(() => ({ type: "done" }) as const)
            .mapErr(({ cause }) => ({ type: "job-failure", permanent: true, cause }) as const),
        second: () => ResultAsync.fromSafePromise(later(() => ran.push("second")).then(() => ({ type: "done" }))),
        third: () => okAsync({ type: "done" }),
      }),
    );
    await valueOf(queue.enqueue(aJob({ kind: "first" })));
    await valueOf(queue.enqueue(aJob({ kind: "third", runAt: "2030-01-01T00:00:00.000Z" })));
    await queue.drained();
    expect(ran).toStrictEqual(["first", "second"]);
    expect(jobs().map(({ kind }) => kind)).toStrictEqual(["third"]);
  });

  it("runs what waits as soon as it starts, while its clock stands still", async () => {
    const clock = testClock();
    const { queue, jobs } = memoryStore({ clock });
    await valueOf(queue.enqueue(aJob()));
    await valueOf(queue.start({ "example.work": () => okAsync({ type: "done" }) }));
    await clock.advance(0);
    expect(jobs()).toStrictEqual([]);
  });

  it("drains nothing once it is stopped", async () => {
    const { queue, jobs } = memoryStore({ clock: testClock() });
    const ran: string[] = [];
    await valueOf(queue.start({ "example.work": ({ key }) => okAsync(ran.push(key)).map(() => ({ type: "done" })) }));
    await valueOf(queue.stop({ graceMs: 0 }));
    await valueOf(queue.enqueue(aJob()));
    await queue.drained();
    expect(ran).toStrictEqual([]);
    expect(jobs()).toHaveLength(1);
  });
});

/** Takes a few turns of the event loop, as I/O does. */
async function later(work: () => unknown): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  work();
}
