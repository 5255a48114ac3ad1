import type { AlarmRepository } from "@likeness/core";
import type { Kysely } from "kysely";
import { attempt } from "../../attempt.ts";
import type { Database } from "../../database.ts";
import { saveRow } from "../save-row.ts";
import { alarmOf, alarmRow, sightingOf, sightingRow } from "./alarm-row.ts";

export const alarmRepository = (db: Kysely<Database>): AlarmRepository => ({
  list: () =>
    attempt(db, async () =>
      (await db.selectFrom("likeness_alarm").selectAll().orderBy("cause").execute()).map(alarmOf),
    ),

  save: (alarm) =>
    saveRow(db, {
      entity: "alarm",
      id: alarm.cause,
      value: alarm,
      insert: () =>
        db
          .insertInto("likeness_alarm")
          .values(alarmRow(alarm))
          .onConflict((conflict) => conflict.column("cause").doNothing())
          .returning("version")
          .execute(),
      update: () =>
        db
          .updateTable("likeness_alarm")
          .set(alarmRow(alarm))
          .where("cause", "=", alarm.cause)
          .where("version", "=", alarm.version)
          .returning("version")
          .execute(),
    }),

  sightings: () =>
    attempt(db, async () => {
      const all = db.selectFrom("likeness_sighting").selectAll().orderBy("what").orderBy("subject");
      return (await all.execute()).map(sightingOf);
    }),

  noteSighting: (sighting) =>
    attempt(db, async () => {
      const row = sightingRow(sighting);
      await db
        .insertInto("likeness_sighting")
        .values(row)
        .onConflict((conflict) => conflict.columns(["what", "subject"]).doUpdateSet(row))
        .execute();
    }),

  clearSighting: ({ what, subject }, at) =>
    attempt(db, async () => {
      const seen = db.updateTable("likeness_sighting").where("what", "=", what).where("subject", "=", subject);
      await seen.where("cleared_at", "is", null).set({ cleared_at: at }).execute();
    }),
});
