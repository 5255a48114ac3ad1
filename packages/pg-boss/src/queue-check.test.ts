import { checksOf, systemClock } from "@likeness/core";
import { valueOf } from "@likeness/testing";
import { getConstructionPlans } from "pg-boss";
import { expect, it, onTestFinished } from "vitest";
import { kind, queueBench, recorded } from "./__fixtures__/queue-bench.ts";
import { versionIn } from "./queue-check.ts";

it.each<[string, string, string]>([
  ["well", "select 1", "ok: pg-boss, tables of version 46"],
  [
    "dropped tables",
    "drop schema pgboss cascade",
    "broken: pg-boss has no version, queue, job_common in the schema pgboss",
  ],
  [
    "an older version",
    "update pgboss.version set version = 20",
    "broken: pg-boss's tables are of version 20, and this program has 46",
  ],
  [
    "a newer version",
    "update pgboss.version set version = 99",
    "broken: pg-boss's tables are of version 99, and this program has 46",
  ],
  ["no version", "truncate pgboss.version", "broken: pg-boss's tables are of version 0, and this program has 46"],
  ["no queues", "truncate pgboss.job_common, pgboss.queue cascade", "broken: pg-boss has no queues"],
])("the check of the queue tells %s", { timeout: 60_000 }, async (_, statement, expected) => {
  const { queue, pool } = await queueBench({ onTestFinished });
  await valueOf(queue.start({ [kind]: recorded().handler }));
  await pool.query(statement);
  const [check] = queue.checks?.() ?? [];
  const [found] = (await check?.look(new AbortController().signal)) ?? [];
  expect(`${found?.verdict}: ${found?.what}`).toBe(expected);
  expect(found?.whatToDo === undefined).toBe(found?.verdict === "ok");
});

it("tells to restart the bot where a restart makes the tables again", { timeout: 60_000 }, async () => {
  const { queue, pool } = await queueBench({ onTestFinished });
  await valueOf(queue.start({ [kind]: recorded().handler }));
  await pool.query("drop schema pgboss cascade");
  const jobs = checksOf({ clock: systemClock, queue }).find(({ name }) => name === "jobs");
  const [told] = (await jobs?.look(new AbortController().signal)) ?? [];
  expect(told).toMatchObject({ verdict: "broken", whatToDo: expect.stringMatching(/^restart the bot, which makes/) });
});

it("does not say that no job waits where pg-boss's tables were never seen", { timeout: 60_000 }, async () => {
  const { queue, pool } = await queueBench({ onTestFinished });
  await pool.query("drop schema pgboss cascade");
  const jobs = checksOf({ clock: systemClock, queue }).find(({ name }) => name === "jobs");
  expect(await jobs?.look(new AbortController().signal)).toStrictEqual([
    { verdict: "skipped", what: "it is not known which wait: the queue has no tables" },
  ]);
});

it("knows the version of the tables of this pg-boss, and none of one that writes it otherwise", () => {
  expect(versionIn(getConstructionPlans())).toBe(46);
  expect(versionIn("insert into pgboss.schema_version values ('47');")).toBeUndefined();
});
