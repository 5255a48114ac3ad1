import { silentLog, type JobHandlers } from "@likeness/core";
import { describeJobQueue, memoryStore, recordingLog, testClock, valueOf } from "@likeness/testing";
import { errAsync, okAsync } from "neverthrow";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { logJobs } from "./log-jobs.ts";

const leaseSeconds = 60;
const maxAttempts = 8;

describeJobQueue("one that logs", async (clock) => {
  const { store, worker, jobs } = memoryStore({ clock, leaseSeconds, maxAttempts });
  return {
    worker: (own) => logJobs(worker(own), silentLog),
    jobs: async () => jobs().map(({ kind, key, dead }) => ({ kind, key, dead: dead !== undefined })),
    leaseSeconds,
    maxAttempts,
    store,
  };
});

describe("logJobs", () => {
  it("tells how each run ended, and how long it took", async () => {
    const log = recordingLog();
    const memory = memoryStore({ clock: testClock() });
    const queue = logJobs(memory.queue, log);
    onTestFinished(() => valueOf(queue.stop({ graceMs: 0 })));
    const failed = (permanent: boolean) => errAsync({ type: "job-failure", permanent, cause: "x" } as const);
    const handlers: JobHandlers = {
      done: () => okAsync({ type: "done" }),
      again: () => okAsync({ type: "again", at: "9999-01-01T00:00:00.000Z" }),
      failed: () => failed(false),
      hopeless: () => failed(true),
      thrown: () => {
        throw new Error("on purpose");
      },
    };
    for (const kind of Object.keys(handlers)) await valueOf(queue.enqueue({ kind, key: "K", payload: null }));
    await valueOf(queue.start(handlers));
    await vi.waitFor(() => expect(log.entries).toHaveLength(5));
    expect(
      log.entries.toSorted((one, other) => (String(one.fields["kind"]) < String(other.fields["kind"]) ? -1 : 1)),
    ).toStrictEqual(
      [
        ["again", "again"],
        ["done", "done"],
        ["failed", "failed"],
        ["hopeless", "failed for good"],
        ["thrown", "threw"],
      ].map(([kind, outcome]) => ({
        level: "debug",
        message: "a job was run",
        fields: { kind, key: "K", attempt: 1, outcome, milliseconds: expect.any(Number) },
      })),
    );
  });
});
