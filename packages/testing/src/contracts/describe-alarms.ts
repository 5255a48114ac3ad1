import type { Alarm, Alarms } from "@likeness/core";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { anAlarm } from "../fixtures/alarm.ts";

/** How the service answers the next alarm; `down` fails or gives no valid answer, `refused` never takes it. */
export type ScriptedAlarmReception = "down" | "refused";

export interface AlarmsSubject {
  readonly alarms: Alarms;
  /** Sets the next answer; by default the alarm arrives. */
  receiveNext(reception: ScriptedAlarmReception): void | Promise<void>;
  /** What was received, with any answer: the whole text that was sent. */
  received(): readonly string[] | Promise<readonly string[]>;
}

export interface AlarmsOptions {
  /** False: the service cannot say that it will never take an alarm. */
  readonly refuses?: boolean | undefined;
}

const over: Alarm = anAlarm({ id: "orders-unknown over", type: "over", until: "2026-11-23T07:00:00.000Z" });

/** The contract of an `Alarms`. `create` is called once per test. */
export function describeAlarms(
  name: string,
  create: () => Promise<AlarmsSubject>,
  { refuses = true }: AlarmsOptions = {},
): void {
  describe(`Alarms: ${name}`, () => {
    it.each([anAlarm(), over])("tells once that an alarm is $type, in plain words", async (alarm) => {
      const { alarms, received } = await create();
      expect(await alarms.tell(alarm)).toStrictEqual(ok(undefined));
      expect(await received()).toStrictEqual([expect.stringContaining(alarm.text)]);
    });

    it("passes on that the service is down, does not try by itself, and works again afterwards", async () => {
      const { alarms, receiveNext, received } = await create();
      await receiveNext("down");
      const detail = expect.stringMatching(/./);
      expect(await alarms.tell(anAlarm())).toStrictEqual(err({ type: "alarms-unavailable", detail }));
      expect(await received()).toHaveLength(1);
      expect(await alarms.tell(anAlarm())).toStrictEqual(ok(undefined));
      expect(await received()).toHaveLength(2);
    });

    if (!refuses) return;
    it("says that the service never takes it, and why", async () => {
      const { alarms, receiveNext, received } = await create();
      await receiveNext("refused");
      const detail = expect.stringMatching(/./);
      expect(await alarms.tell(anAlarm())).toStrictEqual(err({ type: "alarm-refused", detail }));
      expect(await received()).toHaveLength(1);
    });
  });
}
