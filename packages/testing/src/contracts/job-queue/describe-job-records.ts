import { addSeconds, type JobQueue, type JobRecord, type JobRecords } from "@likeness/core";
import { ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { aJob } from "../../fixtures/job.ts";
import { valueOf } from "../../results/value-of.ts";
import { closedGate } from "../gate.ts";
import { foreignText } from "../store/awkward.ts";
import { done, doneAfter, failed, recorded } from "./recorded-handler.ts";
import type { PrepareJobQueue } from "./subject.ts";

const kind = "example.work";

/** Runs what is due, once. */
async function runDue(queue: JobQueue, answer: Parameters<typeof recorded>[1], time: Parameters<typeof recorded>[0]) {
  const { handler, runs } = recorded(time, answer);
  for (const job of await valueOf(queue.claimDue({ [kind]: handler }, 50))) await job.ended;
  return runs;
}

const keysOf = (jobs: readonly JobRecord[]): string[] => jobs.map(({ key }) => key).toSorted();

function recordsOf({ records }: JobQueue): JobRecords {
  if (!records) throw new Error("the queue does not tell operators about its jobs");
  return records;
}

export function describeJobRecords(prepare: PrepareJobQueue): void {
  describe("what operators ask", () => {
    it("counts jobs by kind, status and age", async (test) => {
      const { worker, time } = await prepare(test);
      const queue = await worker();
      const now = time.clock.now();
      const [quarter, hour, day] = [900, 3_600, 86_400].map((seconds) => addSeconds(now, -seconds));
      const limits = { quarter: quarter ?? "", hour: hour ?? "", day: day ?? "" };
      const records = recordsOf(queue);
      expect(await records.count(limits)).toStrictEqual(ok([]));

      await valueOf(queue.enqueue(aJob()));
      await runDue(queue, () => failed(true), time.clock);
      await valueOf(queue.enqueue(aJob()));
      const end = closedGate();
      const { handler } = recorded(time.clock, () => doneAfter(end.passed));
      const [running] = await valueOf(queue.claimDue({ [kind]: handler }, 1));
      const another = "webhook.process:telegram";
      const dues = [600, -900, -901, -3_601, -86_401].map((seconds) => addSeconds(now, seconds));
      for (const runAt of dues) await valueOf(queue.enqueue(aJob({ kind: another, runAt })));

      const none = { quarter: 0, hour: 0, day: 0, older: 0 };
      const one = { of: "job", kind, count: 1, ages: { ...none, quarter: 1 }, oldestAt: expect.any(String) };
      const counts = await valueOf(records.count(limits));
      expect(counts).toHaveLength(3);
      expect(counts).toStrictEqual(
        expect.arrayContaining([
          { ...one, status: "running" },
          { ...one, status: "dead" },
          {
            of: "job",
            kind: another,
            status: "waiting",
            count: 5,
            ages: { quarter: 2, hour: 1, day: 1, older: 1 },
            oldestAt: dues.at(-1),
          },
        ]),
      );
      end.open();
      await running?.ended;
    });

    it("lists dead jobs, newest first, page by page, with why they died", async (test) => {
      const { worker, time } = await prepare(test);
      const queue = await worker();
      const records = recordsOf(queue);
      const keys = ["one", "two", foreignText];
      for (const key of keys) {
        await valueOf(queue.enqueue(aJob({ key })));
        await runDue(queue, () => failed(true), time.clock);
      }
      for (const key of ["unlucky", "waiting"]) await valueOf(queue.enqueue(aJob({ key })));
      await runDue(queue, ({ key }) => (key === "unlucky" ? failed() : done()), time.clock);

      const dead = await valueOf(records.dead({ limit: 10 }));
      expect(keysOf(dead)).toStrictEqual(keys.toSorted());
      for (const { id, key, at, ...job } of dead) {
        expect(job).toStrictEqual({ kind, status: "dead", attempts: 1, error: expect.stringContaining("on purpose") });
        expect(new Date(at).toISOString()).toBe(at);
        expect([id, key]).not.toContain("");
      }
      const times = dead.map(({ at }) => at);
      expect(times).toStrictEqual(times.toSorted().toReversed());
      const first = await valueOf(records.dead({ limit: 2 }));
      const after = first.at(-1);
      expect([...first, ...(await valueOf(records.dead({ limit: 2, after })))]).toStrictEqual(dead);
      expect(await records.dead({ limit: 2, after: dead.at(-1) })).toStrictEqual(ok([]));
      expect(await valueOf(records.dead({ limit: 2, after: { at: dead[0]?.at ?? "", id: " " } }))).toBeInstanceOf(
        Array,
      );
    });

    it("finds jobs about a row, and about those that its key begins", async (test) => {
      const { worker, time } = await prepare(test);
      const queue = await worker();
      const records = recordsOf(queue);
      const runAt = addSeconds(time.clock.now(), 600);
      await valueOf(queue.enqueue(aJob({ key: "4:dead" })));
      await runDue(queue, () => failed(true), time.clock);
      await valueOf(queue.enqueue(aJob({ key: foreignText })));
      await runDue(queue, () => failed(), time.clock);
      for (const key of ["4", "42", "4:2", "14"]) await valueOf(queue.enqueue(aJob({ key, runAt })));
      const found = await valueOf(records.about(["4", foreignText], 10));
      expect(keysOf(found)).toStrictEqual(["4", "4:2", "4:dead", foreignText].toSorted());
      const byKey = new Map(found.map(({ key, ...job }) => [key, job]));
      expect(byKey.get("4")).toStrictEqual({ id: expect.any(String), kind, status: "waiting", attempts: 0, at: runAt });
      expect(byKey.get(foreignText)).toMatchObject({ status: "waiting", attempts: 1 });
      expect(byKey.get("4:dead")).toMatchObject({ status: "dead", attempts: 1 });
      expect(await valueOf(records.about(["4"], 2))).toHaveLength(2);
      expect(await records.about(["none"], 10)).toStrictEqual(ok([]));
      expect(await records.about([], 10)).toStrictEqual(ok([]));
    });

    it("revives a dead job with all of its attempts", async (test) => {
      const { worker, time, subject } = await prepare(test);
      const queue = await worker();
      const records = recordsOf(queue);
      await valueOf(queue.enqueue(aJob({ key: foreignText, payload: "the same" })));
      await runDue(queue, () => failed(true), time.clock);
      const [dead] = await valueOf(records.dead({ limit: 10 }));
      const id = dead?.id ?? "";
      const both = [await valueOf(records.revive(id)), await valueOf(records.revive(id))];
      expect(both[0]).toBe("revived");
      expect(both[1]).not.toBe("revived");
      expect(await records.dead({ limit: 10 })).toStrictEqual(ok([]));
      const { handler, runs } = recorded(time.clock, () => failed());
      await valueOf(queue.start({ [kind]: handler }));
      await time.until("it is dead again", async () => (await valueOf(records.dead({ limit: 10 }))).length > 0);
      expect(runs.map(({ attempt }) => attempt)).toStrictEqual(
        Array.from({ length: subject.maxAttempts }, (_, index) => index + 1),
      );
      expect(runs[0]).toMatchObject({ key: foreignText, payload: "the same" });
      expect(await valueOf(records.dead({ limit: 10 }))).toMatchObject([
        { key: foreignText, attempts: subject.maxAttempts },
      ]);
    });

    it("revives no job beside one with its kind and key that waits", async (test) => {
      const { worker, time } = await prepare(test);
      const queue = await worker();
      const records = recordsOf(queue);
      const job = aJob();
      await valueOf(queue.enqueue(job));
      await runDue(queue, () => failed(true), time.clock);
      const [dead] = await valueOf(records.dead({ limit: 10 }));
      await valueOf(queue.enqueue(job));
      const [waiting] = (await valueOf(records.about([job.key], 10))).filter(({ status }) => status === "waiting");
      expect(await records.revive(waiting?.id ?? "")).toStrictEqual(ok("known"));
      expect(await records.revive(dead?.id ?? "")).toStrictEqual(ok("known"));
      expect(await valueOf(records.about([job.key], 10))).toMatchObject([{ status: "waiting" }]);
      expect(await runDue(queue, () => done(), time.clock)).toHaveLength(1);
      expect(await records.about([job.key], 10)).toStrictEqual(ok([]));
    });

    it("knows no job by an id that was never given, or that is none", async (test) => {
      const { worker } = await prepare(test);
      const records = recordsOf(await worker());
      for (const id of ["019ab000-0000-7000-8000-00000000beef", "7", "", "'; --", foreignText]) {
        expect(await records.revive(id)).toStrictEqual(ok(undefined));
        expect(await records.discard(id)).toStrictEqual(ok(false));
      }
    });

    it("deletes a dead job, and none that is alive", async (test) => {
      const { worker, time } = await prepare(test);
      const queue = await worker();
      const records = recordsOf(queue);
      for (const key of ["one", "two"]) await valueOf(queue.enqueue(aJob({ key })));
      await runDue(queue, () => failed(true), time.clock);
      await valueOf(queue.enqueue(aJob({ key: "alive" })));
      const [alive] = await valueOf(records.about(["alive"], 1));
      const dead = await valueOf(records.dead({ limit: 10 }));
      const discarded: boolean[] = [];
      for (const id of [dead[0]?.id, dead[0]?.id, alive?.id]) discarded.push(await valueOf(records.discard(id ?? "")));
      expect(discarded).toStrictEqual([true, false, false]);
      expect(await records.dead({ limit: 10 })).toStrictEqual(ok(dead.slice(1)));
      expect(await valueOf(records.about(["alive"], 1))).toStrictEqual([alive]);
    });
  });
}
