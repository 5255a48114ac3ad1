import { silentLog, systemClock as clock } from "@likeness/core";
import type { PostgresLocation } from "../settings/locations.ts";
import { openPostgres } from "../storage/open-postgres.ts";
import { countRows, filled, type Counts } from "./count-rows.ts";

/** The rows of Likeness that a database has, before anything in it is changed: it may be another bot's. */
export async function targetRows(target: PostgresLocation): Promise<Counts> {
  const { db, close } = await openPostgres(target, clock, silentLog, "look");
  try {
    const there = await db.introspection.getTables();
    const ours = there.map(({ name }) => name).filter((name) => /^likeness_(?!migration)/.test(name));
    return filled(await countRows(db, ours));
  } finally {
    await close();
  }
}
