import { err, errAsync, okAsync, type ResultAsync } from "neverthrow";
import type { StorageFailure } from "@likeness/core";
import { sql, type Kysely } from "kysely";
import { attempt, transaction } from "../attempt.ts";
import type { Database } from "../database.ts";
import { notWritable, type DatabaseNotWritable } from "../database-not-writable.ts";

/** Number of pages cached in memory during the check: SQLite writes further pages to the disk before the commit. */
const fewPages = 8;

/**
 * Checks that rows can be written, without writing one: inserts 128 KB and rolls back. SQLite writes changes to its log
 * at the commit, or when they exceed its page cache, so the cache is made small during the check.
 */
export const sqliteWritable = (db: Kysely<Database>): ResultAsync<void, DatabaseNotWritable | StorageFailure> =>
  cacheSize(db).andThen((pages) =>
    transaction(db, (tx) =>
      attempt(tx, async () => {
        await setCacheSize(tx, fewPages);
        const value = sql<never>`hex(zeroblob(65536))`;
        await tx.insertInto("likeness_session").values({ key: "likeness:room", value, version: 1 }).execute();
      }).andThen(() => err(takenBack)),
    )
      .orElse((failure) => (failure.type === "taken-back" ? okAsync(undefined) : judge(failure)))
      .andThen(() => attempt(db, () => setCacheSize(db, pages)))
      .orElse((failure) => attempt(db, () => setCacheSize(db, pages)).andThen(() => errAsync(failure))),
  );

const takenBack = { type: "taken-back" } as const;

const cacheSize = (db: Kysely<Database>): ResultAsync<number, StorageFailure> =>
  attempt(db, async () => {
    const { rows } = await sql<{ readonly cache_size: number }>`pragma cache_size`.execute(db);
    return rows[0]?.cache_size ?? 0;
  });

const setCacheSize = async (db: Kysely<Database>, pages: number): Promise<void> => {
  await sql`pragma cache_size = ${sql.lit(pages)}`.execute(db);
};

/** By the beginning of the code. https://www.sqlite.org/rescode.html */
const verdicts: Readonly<Record<string, DatabaseNotWritable["reason"] | "written-by-another">> = {
  SQLITE_FULL: "disk-full",
  SQLITE_IOERR_WRITE: "disk-full",
  SQLITE_READONLY: "read-only",
  SQLITE_BUSY: "written-by-another",
};

function judge(failure: StorageFailure): ResultAsync<void, DatabaseNotWritable | StorageFailure> {
  const { cause } = failure;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const verdict = Object.entries(verdicts).find(([beginning]) => code.startsWith(beginning))?.[1];
  if (verdict === undefined) return errAsync(failure);
  if (verdict === "written-by-another") return okAsync(undefined);
  return errAsync(notWritable(verdict, cause instanceof Error ? cause.message : code));
}
