import { expect, it } from "vitest";
import { addSeconds } from "../values/timestamp.ts";
import { advanceAlarm } from "./advance-alarm.ts";
import type { AlarmRow } from "./alarm.ts";

const start = "2026-11-23T06:00:00.000Z";
const calmSeconds = 900;

/** The changes that are told, if the cause is there in these minutes: the minute, and what it is then. */
function toldIn(minutes: readonly boolean[]): readonly (readonly [minute: number, status: string])[] {
  let row: AlarmRow<"jobs-dead"> | undefined;
  return minutes.flatMap((there, minute) => {
    const before = row?.state.status;
    const facts = there ? { count: 1 } : undefined;
    row = advanceAlarm(row, { cause: "jobs-dead", facts, at: addSeconds(start, 60 * minute), calmSeconds });
    return row && row.state.status !== before ? [[minute, row.state.status] as const] : [];
  });
}

const times = (count: number, minutes: readonly boolean[]): boolean[] =>
  Array.from({ length: count }, () => minutes).flat();

it("begins at once, and is over after the calm", () => {
  const calm = times(30, [false]);
  expect(toldIn([false, true, true, ...calm])).toStrictEqual([
    [1, "on"],
    [18, "over"],
  ]);
});

it("says since when the cause is gone", () => {
  const on = advanceAlarm(undefined, { cause: "jobs-dead", facts: { count: 1 }, at: start, calmSeconds });
  const gone = advanceAlarm(on, { cause: "jobs-dead", facts: undefined, at: addSeconds(start, 60), calmSeconds });
  const over = advanceAlarm(gone, { cause: "jobs-dead", facts: undefined, at: addSeconds(start, 2_000), calmSeconds });
  expect(over?.state).toStrictEqual({ status: "over", since: start, until: addSeconds(start, 60) });
});

it("doubles its calm while it comes back, up to four hours, and forgets that after a quiet day", () => {
  const hours = times(48, [true, ...times(59, [false])]);
  const told = toldIn(hours);
  // After 15 and 30 minutes of calm; the third time, an hour is not over before it is back.
  expect(told.map(([minute]) => minute)).toStrictEqual([0, 16, 60, 91, 120]);
  const quiet = times(30 * 60, [false]);
  const [, , , , , over, begun, usual] = toldIn([...hours, ...quiet, true, ...times(20, [false])]);
  expect([over?.[1], begun?.[1], usual?.[1]]).toStrictEqual(["over", "on", "over"]);
  expect((usual?.[0] ?? 0) - (begun?.[0] ?? 0)).toBe(16);
});

it("tells the same trouble seventeen times a day at most, though it is back as soon as it is over", () => {
  let row: AlarmRow<"jobs-dead"> | undefined;
  let told = 0;
  for (let minute = 0; minute < 1_440; minute++) {
    const before = row?.state.status;
    const facts = before === "on" ? undefined : { count: 1 };
    row = advanceAlarm(row, { cause: "jobs-dead", facts, at: addSeconds(start, 60 * minute), calmSeconds });
    if (row?.state.status !== before) told += 1;
  }
  expect(told).toBe(17);
});

it("keeps what was seen last, and stays the same alarm", () => {
  const look = (
    row: AlarmRow<"jobs-dead"> | undefined,
    minute: number,
    facts: AlarmRow<"jobs-dead">["facts"] | undefined,
  ) => advanceAlarm(row, { cause: "jobs-dead", facts, at: addSeconds(start, 60 * minute), calmSeconds });
  const begun = look(undefined, 0, { count: 1 });
  const more = look(begun, 1, { count: 500 });
  expect(more).toStrictEqual({ ...begun, facts: { count: 500 } });
  expect(look(more, 2, { count: 500 })).toBe(more);
  const back = look(look(more, 3, undefined), 4, { count: 2 });
  expect(back).toStrictEqual({ ...begun, facts: { count: 2 } });
});
