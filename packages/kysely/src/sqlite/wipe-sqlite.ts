import type { ResultAsync } from "neverthrow";
import type { StorageFailure } from "@likeness/core";
import { sql, type Kysely } from "kysely";
import { attempt } from "../attempt.ts";
import type { Database } from "../database.ts";

/**
 * Moves the log into the database and empties it. `secure_delete` overwrites deleted data in the database, but the log
 * holds older pages with it. `busy` while another connection reads from the log.
 * https://www.sqlite.org/pragma.html#pragma_wal_checkpoint
 */
export const wipeSqlite = (db: Kysely<Database>): ResultAsync<"wiped" | "busy", StorageFailure> =>
  attempt(db, async () => {
    const { rows } = await sql<{ readonly busy: number }>`pragma wal_checkpoint(truncate)`.execute(db);
    return rows[0]?.busy === 0 ? "wiped" : "busy";
  });
