import type { ResultAsync } from "neverthrow";
import type { Alarm } from "../alarms/alarm.ts";

/** The channel cannot take it now: network, 5xx, 429. It is told again later. */
export interface AlarmsUnavailable {
  readonly type: "alarms-unavailable";
  readonly detail: string;
}

/** The channel never takes it, e.g. because the operator has blocked the bot. */
export interface AlarmRefused {
  readonly type: "alarm-refused";
  readonly detail: string;
}

/** Tells operators about alarms. Run `describeAlarms` of `@likeness/testing` against yours. */
export interface Alarms {
  /** Unique within a deployment; stored with what was told. */
  readonly name: string;
  /**
   * Tells one alarm, within half a minute. It may come twice, with the same id. `detail` of an error has no addresses and
   * no tokens.
   */
  tell(alarm: Alarm): ResultAsync<void, AlarmsUnavailable | AlarmRefused>;
}
