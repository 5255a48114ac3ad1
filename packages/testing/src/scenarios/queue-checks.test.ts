import { checksOf, createLikeness, type JobHandlers, type JobRecords } from "@likeness/core";
import { fromSafePromise, okAsync } from "neverthrow";
import { expect, it } from "vitest";
import { testStart } from "../clock/test-clock.ts";
import { closedGate } from "../contracts/gate.ts";
import { failed } from "../contracts/job-queue/recorded-handler.ts";
import { testPorts } from "../fakes/test-ports.ts";
import { valueOf } from "../results/value-of.ts";

async function stage() {
  const { ports, clock, storage } = testPorts();
  const { queue } = ports;
  const { operator } = createLikeness(ports);
  const enqueue = (key: string) => valueOf(queue.enqueue({ kind: "example.work", key, payload: null }));
  const run = async (handlers: JobHandlers, limit = 10) => {
    for (const { ended } of await valueOf(queue.claimDue(handlers, limit))) await ended;
  };
  const looked = async () => {
    const { findings } = await valueOf(operator.check());
    return findings.filter(({ check }) => check === "jobs").map(({ verdict, what }) => `${verdict}: ${what}`);
  };
  return { clock, enqueue, run, looked, operator, setDown: storage.setDown };
}

it("says how many jobs wait and since when, and is not among the cheap ones", async () => {
  const { clock, enqueue, looked, operator } = await stage();
  expect(await looked()).toStrictEqual(["ok: 0 wait, 0 run, none was given up"]);
  await enqueue("one");
  await clock.advance(40);
  expect(await looked()).toStrictEqual(["ok: 1 wait, the oldest due one for 40 s, 0 run, none was given up"]);
  const { findings } = await valueOf(operator.check({ cheap: true }));
  expect(findings.some(({ check }) => check === "jobs")).toBe(false);
});

it("finds that jobs are not run, and that some were given up", async () => {
  const { clock, enqueue, run, looked } = await stage();
  await enqueue("one");
  await run({ "example.work": () => failed(true) });
  expect(await looked()).toStrictEqual(["warning: 1 job was given up"]);
  await enqueue("two");
  await clock.advance(20 * 60);
  expect(await looked()).toStrictEqual([
    "broken: the oldest due job (example.work) has waited for 20 min, and none runs",
    "warning: 1 job was given up",
  ]);
});

it("tells jobs that are in arrears from jobs that are not run", async () => {
  const { clock, enqueue, run, looked } = await stage();
  await enqueue("one");
  await enqueue("two");
  await clock.advance(20 * 60);
  const { open, passed } = closedGate();
  const ran = run({ "example.work": () => fromSafePromise(passed).map(() => ({ type: "done" })) }, 1);
  await expect
    .poll(looked)
    .toStrictEqual(["broken: the oldest due job (example.work) has waited for 20 min, while 1 runs"]);
  open();
  await ran;
});

it("says that more may be given up than were counted", async () => {
  const age = { quarter: 0, hour: 0, day: 0, older: 10_000 };
  const counted = {
    of: "job",
    kind: "example.work",
    status: "dead",
    count: 10_000,
    ages: age,
    oldestAt: testStart,
  } as const;
  const { ports, clock } = testPorts();
  const records = { ...ports.queue.records, count: () => okAsync([{ ...counted, more: true }]) } as JobRecords;
  const [check] = checksOf({ clock, queue: { ...ports.queue, records } });
  const [told] = (await check?.look(new AbortController().signal)) ?? [];
  expect(told?.what).toBe("at least 10000 jobs were given up");
});

it("finds that they cannot be read", async () => {
  const { looked, operator, setDown } = await stage();
  setDown(true);
  expect(await looked()).toStrictEqual([expect.stringMatching(/^broken: they cannot be read: /)]);
  const { findings } = await valueOf(operator.check());
  const advice = expect.stringMatching(/^see whether the tables of the queue are there; /);
  expect(findings).toContainEqual(expect.objectContaining({ check: "jobs", whatToDo: advice }));
});

it("brings the checks of the queue itself", async () => {
  const { ports, clock } = testPorts();
  const own = { name: "job queue", look: async () => [] };
  const named = checksOf({ clock, queue: { ...ports.queue, checks: () => [own] } }).map(({ name }) => name);
  expect(named).toStrictEqual(["job queue", "jobs"]);
});
