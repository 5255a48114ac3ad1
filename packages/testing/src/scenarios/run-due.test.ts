import { createLikeness, type JobHandlers, type JobQueue, type Policy } from "@likeness/core";
import { err, errAsync, ok, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { closedGate } from "../contracts/gate.ts";
import { done, doneAfter, failed } from "../contracts/job-queue/recorded-handler.ts";
import { testPorts } from "../fakes/test-ports.ts";
import { aJob } from "../fixtures/job.ts";
import { aModel } from "../fixtures/model.ts";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { someProfiles } from "../fixtures/profile.ts";
import { valueOf } from "../results/value-of.ts";

const owner = "owner:1";
const outage = { type: "storage-failure", cause: "on purpose" } as const;
const generous = { limit: 100, deadlineMs: 45_000 };

/** A deployment that is never started. */
function host(policy: Partial<Policy> = {}, behind = (queue: JobQueue): JobQueue => queue) {
  const fakes = testPorts({ profiles: someProfiles({ minimum: 1, maximum: 3 }) });
  const queue = behind(fakes.storage.queue);
  const likeness = createLikeness({ ...fakes.ports, queue, policy: { ...fakes.ports.policy, ...policy } });
  const order = async () => {
    const avatar = await valueOf(
      likeness.avatars.create({ actor: owner, kind: "portrait", gender: "unspecified", name: "Ada" }),
    );
    await valueOf(likeness.photos.add({ actor: owner, avatarId: avatar.id, bytes: photoBytes() }));
    return valueOf(likeness.trainings.start({ actor: owner, avatarId: avatar.id }));
  };
  const status = async (id: string) => (await valueOf(fakes.storage.store.orders.find(id)))?.state.status;
  const enqueue = async (kind: string, count: number) => {
    for (let number = 0; number < count; number++) await valueOf(fakes.storage.store.jobs.enqueue(aJob({ kind })));
  };
  return { ...fakes, likeness, order, status, enqueue, jobs: fakes.storage.jobs };
}

const working: JobHandlers = { "example.work": () => done(), "example.bad": () => failed(true) };

describe("runDue", () => {
  it("brings a training from its order to its message, a call at a time", async () => {
    const { likeness, order, status, clock, provider, notifier } = host();
    const { id } = await order();
    expect(await valueOf(likeness.runDue(generous))).toMatchObject({ failed: 0, handedBack: 0, more: false });
    expect(await status(id)).toBe("submitted");

    provider.report(provider.requests[0]?.requestId ?? "", { type: "succeeded", outcome: aModel() });
    for (let minute = 0; minute < 5; minute++) {
      await clock.advance(60);
      await valueOf(likeness.runDue(generous));
    }
    expect(await status(id)).toBe("succeeded");
    expect(notifier.attempts.map(({ content }) => content.template)).toStrictEqual(["training-ready"]);
    expect(provider.accepted).toStrictEqual([id]);
  });

  it("sweeps, so that a lost job delays work but loses nothing", async () => {
    const { likeness, order, status, clock, storage } = host();
    const { id } = await order();
    await valueOf(storage.queue.start({ "order.submit": () => done() }));
    await storage.queue.drained();
    await valueOf(storage.queue.stop({ graceMs: 0 }));
    expect(await status(id)).toBe("requested");
    await clock.advance(130);
    await valueOf(likeness.runDue(generous));
    expect(await status(id)).toBe("submitted");
  });

  it("does nothing with a deadline of 0, and says that more may be due", async () => {
    const { likeness, order, status, jobs } = host();
    const { id } = await order();
    const before = jobs();
    const nothing = { done: 0, failed: 0, handedBack: 0, more: true };
    expect(await likeness.runDue({ limit: 100, deadlineMs: 0 })).toStrictEqual(ok(nothing));
    expect(await status(id)).toBe("requested");
    expect(jobs()).toStrictEqual(before);
  });

  it("counts what it did, and goes no further than its limit", async () => {
    const { likeness, enqueue, jobs } = host();
    await enqueue("example.work", 6);
    await enqueue("example.bad", 1);
    const some = { limit: 5, deadlineMs: 1_000, handlers: working };
    expect(await likeness.runDue(some)).toStrictEqual(ok({ done: 5, failed: 0, handedBack: 0, more: true }));
    expect(await likeness.runDue(some)).toStrictEqual(ok({ done: 1, failed: 1, handedBack: 0, more: false }));
    expect(jobs().filter(({ dead }) => dead)).toHaveLength(1);
  });

  it("runs each job once when it is called twice at once, beside workers", async () => {
    const { likeness, order, status, enqueue, provider, storage } = host();
    const runs: string[] = [];
    const handlers: JobHandlers = {
      "example.work": ({ key }) => okAsync(runs.push(key)).map(() => ({ type: "done" })),
    };
    await enqueue("example.work", 20);
    const { id } = await order();
    const calls = [likeness.runDue({ ...generous, handlers }), likeness.runDue({ ...generous, handlers })];
    await valueOf(likeness.start(handlers));
    await Promise.all(calls.map((call) => valueOf(call)));
    await storage.queue.drained();
    await valueOf(likeness.stop({ graceMs: 0 }));
    expect([runs.length, new Set(runs).size]).toStrictEqual([20, 20]);
    expect(provider.accepted).toStrictEqual([id]);
    expect(await status(id)).toBe("submitted");
  });

  it("hands back what outlives the deadline, and claims nothing any more", async () => {
    const { likeness, enqueue, jobs, clock } = host();
    const end = closedGate();
    const signals: AbortSignal[] = [];
    const handlers: JobHandlers = {
      "example.work": ({ signal }) => {
        signals.push(signal);
        return doneAfter(end.passed);
      },
    };
    await enqueue("example.work", 6);
    const call = likeness.runDue({ limit: 100, deadlineMs: 5_000, handlers });
    await clock.advance(5);
    expect(await call).toStrictEqual(ok({ done: 0, failed: 0, handedBack: 4, more: true }));
    expect(signals.map(({ aborted }) => aborted)).toStrictEqual([true, true, true, true]);

    expect(await likeness.runDue({ ...generous, handlers: working })).toMatchObject({
      value: { done: 6, more: false },
    });
    end.open();
    await clock.advance(1);
    expect(jobs().filter(({ kind }) => kind === "example.work")).toStrictEqual([]);
  });

  it("runs what else is due beside a long job", async () => {
    const { likeness, enqueue, clock } = host();
    const end = closedGate();
    await enqueue("example.long", 1);
    await enqueue("example.work", 6);
    const handlers: JobHandlers = { ...working, "example.long": () => doneAfter(end.passed) };
    const call = likeness.runDue({ limit: 100, deadlineMs: 5_000, handlers });
    await clock.advance(5);
    expect(await call).toStrictEqual(ok({ done: 6, failed: 0, handedBack: 1, more: true }));
    end.open();
  });

  it("runs what else is due before the long jobs of the last call", async () => {
    const { likeness, enqueue, clock } = host();
    const end = closedGate();
    await enqueue("example.long", 4);
    await clock.advance(1);
    await enqueue("example.work", 6);
    const handlers: JobHandlers = { ...working, "example.long": () => doneAfter(end.passed) };
    const ended: unknown[] = [];
    for (let time = 0; time < 2; time++) {
      const call = likeness.runDue({ limit: 100, deadlineMs: 5_000, handlers });
      await clock.advance(5);
      ended.push(await valueOf(call));
    }
    expect(ended).toMatchObject([
      { done: 0, handedBack: 4 },
      { done: 6, handedBack: 4 },
    ]);
    end.open();
  });

  it("stores the answer of a paid request that the deadline finds under way", async () => {
    const { likeness, order, status, provider, clock } = host({ submitTimeoutSeconds: 25 });
    const answer = closedGate();
    provider.answerNextSubmit("accept", () => answer.passed);
    const { id } = await order();
    let ended = false;
    const call = likeness.runDue({ limit: 100, deadlineMs: 2_000 });
    void call.then(() => (ended = true));
    await clock.advance(10);
    expect([ended, await status(id)]).toStrictEqual([false, "submitting"]);
    answer.open();
    expect(await call).toMatchObject({ value: { handedBack: 1 } });
    expect(await status(id)).toBe("submitted");
    await valueOf(likeness.runDue(generous));
    expect(provider.accepted).toStrictEqual([id]);
  });

  it("stores that answer also when its job cannot be handed back", async () => {
    const failing = (queue: JobQueue): JobQueue => ({
      ...queue,
      claimDue: (handlers, limit) =>
        queue
          .claimDue(handlers, limit)
          .map((jobs) => jobs.map((job) => ({ ...job, handBack: () => errAsync(outage) }))),
    });
    const { likeness, order, status, provider, clock } = host({ submitTimeoutSeconds: 25 }, failing);
    const answer = closedGate();
    provider.answerNextSubmit("accept", () => answer.passed);
    const { id } = await order();
    let ended = false;
    const call = likeness.runDue({ limit: 100, deadlineMs: 2_000 });
    void call.then(() => (ended = true));
    await clock.advance(10);
    expect([ended, await status(id)]).toStrictEqual([false, "submitting"]);
    answer.open();
    expect(await call).toStrictEqual(err(outage));
    expect(await status(id)).toBe("submitted");
  });

  it("waits for what runs when nothing more can be claimed", async () => {
    let claims = 0;
    const failing = (queue: JobQueue): JobQueue => ({
      ...queue,
      claimDue: (...given) => (claims++ === 0 ? queue.claimDue(...given) : errAsync(outage)),
    });
    const { likeness, enqueue, clock, jobs } = host({}, failing);
    const end = closedGate();
    await enqueue("example.long", 1);
    await enqueue("example.work", 1);
    const handlers: JobHandlers = { ...working, "example.long": () => doneAfter(end.passed) };
    const call = likeness.runDue({ ...generous, handlers });
    await clock.advance(1);
    end.open();
    expect(await call).toStrictEqual(err(outage));
    expect([claims, jobs().filter(({ kind }) => kind in handlers)]).toStrictEqual([2, []]);
  });

  it("says that the storage fails", async () => {
    const { likeness, storage, clock } = host();
    storage.setDown(true);
    expect(await likeness.runDue(generous)).toStrictEqual(err(expect.objectContaining({ type: "storage-failure" })));
    expect(clock.untilNextTimer()).toBeUndefined();
  });

  it("refuses a second handler for a kind of the core", () => {
    const { likeness } = host();
    expect(() => likeness.runDue({ ...generous, handlers: { "order.poll": () => failed() } })).toThrow("order.poll");
  });
});
