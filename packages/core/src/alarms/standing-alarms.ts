import { okAsync, type ResultAsync } from "neverthrow";
import type { OperatorRepository } from "../ports/operator-repository.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { alarmIn } from "./alarm-in.ts";
import { alarmCauses, alarmRules } from "./alarm-rules.ts";
import type { Alarm, AlarmCause, AlarmRow } from "./alarm.ts";

/** What was last seen to need a person, of what no list of `inspect` tells. A list says at once that its rows are gone. */
export const standingAlarms = ({ alarms }: OperatorRepository): ResultAsync<Alarm[], StorageFailure> =>
  (alarms?.list() ?? okAsync([])).map((rows) =>
    causes.flatMap((cause) => rows.filter((row) => row.cause === cause && stands(row)).map(alarmIn)),
  );

const causes: readonly AlarmCause[] = alarmCauses.filter((cause) => alarmRules[cause].need === undefined);

/** One whose cause is gone already is over soon, and nobody has to do anything about it. */
const stands = ({ state }: AlarmRow): boolean => state.status === "on" && state.calmSince === undefined;
