import type { AlarmRepository, AlarmRow, Sighting } from "@likeness/core";
import { ok } from "neverthrow";
import type { RunStep } from "./memory-database.ts";
import { saveRow, type RowKind } from "./rows.ts";

const alarmRows: RowKind<AlarmRow> = { entity: "alarm", id: ({ cause }) => cause, rules: [] };

export const memoryAlarms = (run: RunStep): AlarmRepository => ({
  list: () => run(({ alarms }) => ok([...alarms.values()])),
  save: (alarm) => run(({ alarms }) => saveRow(alarms, alarm, alarmRows)),
  sightings: () => run(({ sightings }) => ok([...sightings.values()])),
  noteSighting: (sighting) =>
    run(({ sightings }) => {
      sightings.set(keyOf(sighting), sighting);
      return ok(undefined);
    }),
  clearSighting: (cleared, at) =>
    run(({ sightings }) => {
      const seen = sightings.get(keyOf(cleared));
      if (seen && seen.clearedAt === undefined) sightings.set(keyOf(cleared), { ...seen, clearedAt: at });
      return ok(undefined);
    }),
});

const keyOf = ({ what, subject }: Pick<Sighting, "what" | "subject">): string => `${what} ${subject}`;
