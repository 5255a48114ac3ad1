import { err, errAsync, ok, okAsync, type Result, type ResultAsync } from "neverthrow";
import type { StorageFailure } from "@likeness/core";
import { sql, type Kysely } from "kysely";
import { attempt, transaction } from "../attempt.ts";
import type { Database } from "../database.ts";
import { notWritable, type DatabaseNotWritable } from "../database-not-writable.ts";
import { sqlState } from "./interruption.ts";

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const diskFull = "53100";
/** The error of a `temp_file_limit` below our size, which says nothing about the disk. */
const limitExceeded = "53400";

/**
 * Checks that rows can be written, without writing one. On a standby, or with such a setting, transactions are
 * read-only. A role without the right to write is a storage failure. To check for free disk space, a sort that exceeds
 * `work_mem` makes a temporary file of 1 MB beside the tables. A full disk of the write-ahead log needs no check,
 * because the server stops then.
 */
export const postgresWritable = (db: Kysely<Database>): ResultAsync<void, DatabaseNotWritable | StorageFailure> =>
  transaction(db, (tx) =>
    attempt(tx, async () => {
      // Planned but not run, to check the role's right to write.
      const value = sql<never>`''`;
      await tx.insertInto("likeness_session").values({ key: "likeness:room", value, version: 1 }).explain();
      await sql`set local work_mem = '64kB'`.execute(tx);
      await sql`set local temp_tablespaces = ''`.execute(tx);
      const asked = sql<{ readonly readOnly: boolean }>`
        with filler as materialized (select repeat('x', 1000) as text from generate_series(1, 1000))
        select current_setting('transaction_read_only')::boolean as "readOnly", (select count(text) from filler) as rows`;
      return (await asked.execute(tx)).rows[0]?.readOnly;
    }).orElse(({ cause }) => causeOf(cause)),
  ).andThen((readOnly): Result<void, DatabaseNotWritable> => {
    return readOnly ? err(notWritable("read-only", "PostgreSQL begins transactions that only read")) : ok(undefined);
  });

function causeOf(cause: unknown): ResultAsync<boolean, DatabaseNotWritable | StorageFailure> {
  const state = sqlState(cause);
  if (state === limitExceeded) return okAsync(false);
  if (state !== diskFull) return errAsync({ type: "storage-failure", cause });
  return errAsync(notWritable("disk-full", cause instanceof Error ? cause.message : "the disk of PostgreSQL is full"));
}
