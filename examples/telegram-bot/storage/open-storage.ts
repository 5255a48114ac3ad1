import type { Clock, Log } from "@likeness/core";
import type { DatabaseLocation } from "../settings/locations.ts";
import { openSqlite } from "./open-sqlite.ts";
import type { OpenMode, Storage } from "./storage.ts";

/**
 * Store and job queue in the configured database, made and migrated unless the mode is another. What PostgreSQL needs is imported only for it:
 * to load it takes a sixth of the start.
 */
export async function openStorage(
  database: DatabaseLocation,
  clock: Clock,
  log: Log,
  mode: OpenMode = "migrate",
): Promise<Storage> {
  switch (database.type) {
    case "sqlite":
      return openSqlite(database, clock, log, mode);
    case "postgres": {
      const { openPostgres } = await import("./open-postgres.ts");
      return openPostgres(database, clock, log, mode);
    }
  }
}
