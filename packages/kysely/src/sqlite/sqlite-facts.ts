import { found, type Found, type StorageFailure } from "@likeness/core";
import { sql, type Kysely } from "kysely";
import type { ResultAsync } from "neverthrow";
import { attempt } from "../attempt.ts";
import type { Database } from "../database.ts";
import type { DatabaseFacts } from "../store/database-facts.ts";

interface Facts {
  readonly version: string;
  readonly encoding: string;
  /** Of this connection: 0 off, 1 normal, 2 full, 3 extra. */
  readonly synchronous: number;
  readonly journal: string;
}

/** Version, encoding and the settings by which a commit lasts. https://www.sqlite.org/pragma.html */
export const sqliteFacts = (db: Kysely<Database>): ResultAsync<DatabaseFacts, StorageFailure> =>
  attempt(db, async () => {
    const { rows } = await sql<Facts>`
      select sqlite_version() as version, encoding, synchronous, journal_mode as journal
      from pragma_encoding, pragma_synchronous, pragma_journal_mode`.execute(db);
    const [row] = rows;
    if (!row) throw new Error("SQLite says nothing about itself");
    return { name: `SQLite ${row.version}`, problems: problemsOf(row) };
  });

const problemsOf = ({ encoding, synchronous, journal }: Facts): readonly Found[] => [
  ...(encoding === "UTF-8"
    ? []
    : [found.broken(`its encoding is ${encoding}`, "copy the data into a new file, which is UTF-8")]),
  ...(synchronous >= 2
    ? []
    : [
        found.broken("commits can be lost: synchronous is not FULL", "open the file with prepareSqlite, which sets it"),
      ]),
  ...(journal === "wal"
    ? []
    : [found.warning(`its journal is ${journal}, not wal`, "open the file with prepareSqlite")]),
];
