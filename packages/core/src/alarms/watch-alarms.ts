import { okAsync } from "neverthrow";
import type { Ports } from "../ports/ports.ts";
import { advanceAlarm } from "./advance-alarm.ts";
import { alarmCauses, alarmRules, type AlarmRulePorts } from "./alarm-rules.ts";
import type { AlarmCause, AlarmRow } from "./alarm.ts";
import { tellAlarm } from "./tell-alarm.ts";

export type AlarmPorts = AlarmRulePorts & Pick<Ports, "alarms" | "log">;

/**
 * Looks for the cause of every alarm, stores which have begun or are over, and tells it. Every process of a deployment does
 * this with each sweep, and not by a job, because one of the causes is that no job runs. Which process changes or tells an
 * alarm is decided by a compare-and-set. Without a part for operators in the store, nothing is done.
 */
export async function watchAlarms(ports: AlarmPorts): Promise<void> {
  const repository = ports.store.operator?.alarms;
  if (!repository) return;
  const listed = await repository.list();
  if (listed.isErr()) return ports.log.warn({ error: listed.error.type }, "alarms could not be looked for");
  for (const cause of alarmCauses) {
    let row = await lookFor(
      ports,
      cause,
      listed.value.find((each) => each.cause === cause),
    );
    for (const channel of ports.alarms) row &&= await tellAlarm(ports, repository, row, channel);
  }
}

/** The row as it stands after the look. */
async function lookFor(ports: AlarmPorts, cause: AlarmCause, row: AlarmRow | undefined): Promise<AlarmRow | undefined> {
  const { clock, log, policy, store } = ports;
  const { operator } = store;
  if (!operator?.alarms) return row;
  const at = clock.now();
  const facts = await alarmRules[cause].look({ ...ports, operator, at });
  if (facts.isErr()) {
    log.warn({ cause, error: facts.error.type }, "the cause of an alarm could not be looked for");
    return row;
  }
  const seen = { cause, facts: facts.value, at, calmSeconds: policy.alarmCalmSeconds };
  const next = advanceAlarm(row, seen);
  if (!next || next === row) return row;
  // An error: another process was first, or the store fails. The next look sees what is stored.
  return (await operator.alarms.save(next).orElse(() => okAsync(row))).unwrapOr(row);
}
