import { checksOf } from "@likeness/core";
import { testClock, testStart, valueOf } from "@likeness/testing";
import { expect, it } from "vitest";
import { temporarySqlite } from "../__fixtures__/temporary-sqlite.ts";
import { jobRecords } from "./job-records.ts";
import { sqliteJobQueue } from "./sqlite-job-queue.ts";

it("counts the newest ten thousand dead jobs, and says that there may be more", async () => {
  const { db, database } = await temporarySqlite();
  const records = jobRecords(db, { clock: testClock(), wake: () => undefined });
  const limits = { quarter: testStart, hour: testStart, day: testStart };
  const bury = (first: number, last: number) =>
    database.exec(`
      with recursive series(n) as (select ${first} union all select n + 1 from series where n < ${last})
      insert into likeness_job (kind, key, payload, run_at, attempts, dead_at)
        select 'example.work', 'key:' || n, 'null', '${testStart}', 8, strftime('%Y-%m-%dT%H:%M:%f', '2026-01-01', n || ' seconds') || 'Z'
        from series`);
  bury(1, 9_999);
  const dead = { of: "job", kind: "example.work", status: "dead" };
  expect(await valueOf(records.count(limits))).toStrictEqual([
    {
      ...dead,
      count: 9_999,
      ages: { quarter: 0, hour: 0, day: 0, older: 9_999 },
      oldestAt: "2026-01-01T00:00:01.000Z",
    },
  ]);
  bury(10_000, 10_002);
  expect(await valueOf(records.count(limits))).toStrictEqual([
    {
      ...dead,
      count: 10_000,
      ages: { quarter: 0, hour: 0, day: 0, older: 10_000 },
      oldestAt: "2026-01-01T00:00:03.000Z",
      more: true,
    },
  ]);
});

it("tells who has dropped the table to restore a backup, and not to restart: that does not make it again", async () => {
  const { db, database } = await temporarySqlite();
  database.exec("drop table likeness_job");
  const clock = testClock();
  const [check] = checksOf({ clock, queue: sqliteJobQueue(db, { clock }) });
  const [told] = (await check?.look(new AbortController().signal)) ?? [];
  expect(told).toMatchObject({ verdict: "broken", whatToDo: expect.stringMatching(/restore a backup/) });
  expect(told?.whatToDo).not.toMatch(/restart/);
});
