import { alarmRules } from "./alarm-rules.ts";
import type { Alarm, AlarmCause, AlarmOf, AlarmRow } from "./alarm.ts";

/** What a row has to tell, once to each channel. */
export const alarmIn = <Cause extends AlarmCause>({ cause, state, facts }: AlarmRow<Cause>): Alarm => {
  const { since } = state;
  const text = alarmRules[cause].text(facts);
  const alarm: AlarmOf<Cause> =
    state.status === "on"
      ? { id: `${cause} ${since}`, type: "begun", cause, since, facts, text }
      : { id: `${cause} ${since} over`, type: "over", cause, since, until: state.until, facts, text: `Over: ${text}` };
  // Cause and facts belong together, which the compiler does not see.
  return alarm as unknown as Alarm;
};
