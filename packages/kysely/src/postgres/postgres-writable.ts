import { err, errAsync, ok, okAsync, type Result, type ResultAsync } from "neverthrow";
import type { StorageFailure } from "@likeness/core";
import { sql, type Kysely } from "kysely";
import { attempt, transaction } from "../attempt.ts";
import type { Database } from "../database.ts";
import { notWritable, type DatabaseNotWritable } from "../database-not-writable.ts";
import { sqlState } from "./sql-state.ts";

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const diskFull = "53100";
/** A limit of temporary files that is smaller than ours says nothing about the disk. */
const limitExceeded = "53400";

/**
 * Whether a row could be written, without writing one. A standby, and a server that was set so, begin transactions that only
 * read. A role that may not write is a storage failure. Whether the disk has room is asked of a temporary file of 1 MB
 * beside the tables: sorting more than fits into `work_mem` makes one. A full disk of the write-ahead log needs no
 * question: the server stops.
 */
export const postgresWritable = (db: Kysely<Database>): ResultAsync<void, DatabaseNotWritable | StorageFailure> =>
  transaction(db, (tx) =>
    attempt(tx, async () => {
      // Planned and not run: whether the role may write.
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
