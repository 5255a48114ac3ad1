import type { AlarmRepository, AlarmRow, Sighting } from "@likeness/core";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { testStart } from "../../clock/test-clock.ts";
import { valueOf } from "../../results/value-of.ts";
import { ago, type CreateOperatorStore } from "./subject.ts";

const aRow = (overrides: Partial<AlarmRow> = {}): AlarmRow => ({
  cause: "messages-dead",
  version: 0,
  state: { status: "on", since: ago(60) },
  facts: { count: 3, more: true },
  calmSeconds: 900,
  told: { log: { id: "one", attempts: 1 }, "telegram:1": { id: "one", attempts: 2, tryAt: testStart } },
  ...overrides,
});

const seen: Sighting = { what: "provider-refused", subject: "fal submit", seenAt: testStart, status: 402 };

export function describeAlarmRepository(create: CreateOperatorStore): void {
  const open = async (): Promise<AlarmRepository> => {
    const { alarms } = (await create()).operator;
    if (!alarms) throw new Error("the store keeps no alarms");
    return alarms;
  };

  describe("alarms", () => {
    it.each<AlarmRow["state"]>([
      { status: "on", since: ago(60) },
      { status: "on", since: ago(60), calmSince: ago(30) },
      { status: "over", since: ago(60), until: ago(30) },
    ])("are kept as they are: %j", async (state) => {
      const alarms = await open();
      const row = aRow({ state });
      expect(await alarms.save(row)).toStrictEqual(ok({ ...row, version: 1 }));
      expect(await alarms.list()).toStrictEqual(ok([{ ...row, version: 1 }]));
    });

    it("are one for each cause, and are replaced at exactly the version that was read", async () => {
      const alarms = await open();
      const read = await valueOf(alarms.save(aRow()));
      expect(await alarms.save(aRow())).toStrictEqual(err({ type: "already-exists", rule: "id" }));
      const state = { status: "over", since: ago(60), until: testStart } as const;
      const next = await valueOf(alarms.save({ ...read, state, told: {} }));
      expect(await alarms.save({ ...read, calmSeconds: 1 })).toStrictEqual(
        err({ type: "version-conflict", entity: "alarm", id: "messages-dead" }),
      );
      const other = await valueOf(alarms.save(aRow({ cause: "jobs-dead" })));
      expect(new Set(await valueOf(alarms.list()))).toStrictEqual(new Set([next, other]));
    });

    it("let exactly one of twenty concurrent first saves win", async () => {
      const alarms = await open();
      const saved = await Promise.all(Array.from({ length: 20 }, () => alarms.save(aRow())));
      expect(saved.filter((result) => result.isOk())).toHaveLength(1);
    });

    it("have what was seen of each subject last, until it is cleared", async () => {
      const alarms = await open();
      const other: Sighting = { what: "webhook-refused", subject: "fal", seenAt: ago(5) };
      await valueOf(alarms.clearSighting(seen, testStart));
      for (const sighting of [{ ...seen, seenAt: ago(9), status: 401 }, other, seen])
        await valueOf(alarms.noteSighting(sighting));
      expect(new Set(await valueOf(alarms.sightings()))).toStrictEqual(new Set([seen, other]));
      for (const at of [ago(-1), ago(-2)]) await valueOf(alarms.clearSighting(seen, at));
      const cleared = { ...seen, clearedAt: ago(-1) };
      expect(new Set(await valueOf(alarms.sightings()))).toStrictEqual(new Set([cleared, other]));
      await valueOf(alarms.noteSighting(seen));
      expect(new Set(await valueOf(alarms.sightings()))).toStrictEqual(new Set([seen, other]));
    });
  });
}
