import { checksOf, createLikeness, type JobHandlers } from "@likeness/core";
import { expect, it } from "vitest";
import { failed } from "../contracts/job-queue/recorded-handler.ts";
import { testPorts } from "../fakes/test-ports.ts";
import { valueOf } from "../results/value-of.ts";

async function stage() {
  const { ports, clock, storage } = testPorts();
  const { queue } = ports;
  const { operator } = createLikeness(ports);
  const enqueue = (key: string) => valueOf(queue.enqueue({ kind: "example.work", key, payload: null }));
  const run = async (handlers: JobHandlers) => {
    for (const { ended } of await valueOf(queue.claimDue(handlers, 10))) await ended;
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
    "broken: the oldest due job (example.work) has waited for 20 min, so jobs are not run",
    "warning: 1 job was given up",
  ]);
});

it("finds that they cannot be read", async () => {
  const { looked, setDown } = await stage();
  setDown(true);
  expect(await looked()).toStrictEqual([expect.stringMatching(/^broken: they cannot be read: /)]);
});

it("brings the checks of the queue itself", async () => {
  const { ports, clock } = testPorts();
  const own = { name: "job queue", look: async () => [] };
  const named = checksOf({ clock, queue: { ...ports.queue, checks: () => [own] } }).map(({ name }) => name);
  expect(named).toStrictEqual(["job queue", "jobs"]);
});
