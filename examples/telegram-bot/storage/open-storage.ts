import type { Clock, Log } from "@likeness/core";
import type { DatabaseLocation } from "../settings/locations.ts";
import { openPostgres } from "./open-postgres.ts";
import { openSqlite } from "./open-sqlite.ts";
import type { Storage } from "./storage.ts";

/** Store and job queue in the configured database, migrated. */
export function openStorage(database: DatabaseLocation, clock: Clock, log: Log): Promise<Storage> {
  switch (database.type) {
    case "sqlite":
      return openSqlite(database, clock, log);
    case "postgres":
      return openPostgres(database, clock, log);
  }
}
