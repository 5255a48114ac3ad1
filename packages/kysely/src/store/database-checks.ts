import { found, type Check, type Found } from "@likeness/core";
import type { Kysely } from "kysely";
import type { Database } from "../database.ts";
import { pendingMigrations } from "../migrations/migrate.ts";
import { postgresFacts } from "../postgres/postgres-facts.ts";
import { postgresMigrations } from "../postgres/postgres-migrations.ts";
import { postgresWritable } from "../postgres/postgres-writable.ts";
import { isSqlite } from "../sqlite/sqlite-dialect.ts";
import { sqliteFacts } from "../sqlite/sqlite-facts.ts";
import { sqliteMigrations } from "../sqlite/sqlite-migrations.ts";
import { sqliteWritable } from "../sqlite/sqlite-writable.ts";

const engines = {
  sqlite: { facts: sqliteFacts, migrations: sqliteMigrations, writable: sqliteWritable },
  postgres: { facts: postgresFacts, migrations: postgresMigrations, writable: postgresWritable },
};

/** Whether the database answers, its tables are up to date, rows can be written and commits last. Writes no row. */
export const databaseChecks = (db: Kysely<Database>): readonly Check[] => [
  { name: "database", cheap: true, look: () => look(db) },
];

async function look(db: Kysely<Database>): Promise<readonly Found[]> {
  const { facts, migrations, writable } = engines[isSqlite(db) ? "sqlite" : "postgres"];
  const said = await facts(db);
  if (said.isErr()) return [noAnswer(said.error.cause)];
  const { name, problems } = said.value;
  const pending = await pendingMigrations(db, migrations);
  const behind = pending.match(
    (steps) => (steps.length === 0 ? [] : [tablesBehind(steps)]),
    ({ cause }) => [noAnswer(cause)],
  );
  // Without the tables it cannot be tried.
  const written = behind.length > 0 ? [] : await writableFindings(db, writable);
  const all = [...problems, ...behind, ...written];
  return all.length > 0 ? all : [found.ok(`${name}: writable, tables up to date, commits last`)];
}

const writableFindings = async (db: Kysely<Database>, writable: typeof sqliteWritable): Promise<readonly Found[]> =>
  (await writable(db)).match(
    () => [],
    (error) => [
      error.type === "storage-failure"
        ? found.broken(
            `rows cannot be written: ${reasonOf(error.cause)}`,
            "give its user the right to write, and look at the log of the database",
          )
        : found.broken(`rows cannot be written: ${error.detail}`, adviceOf[error.reason]),
    ],
  );

const adviceOf = {
  "read-only": "make the file writable, or connect to the primary server",
  "disk-full": "make room on the disk of the database",
} as const;

const tablesBehind = (steps: readonly string[]): Found =>
  found.broken(
    `the tables are older than the program: ${steps.length} steps are missing`,
    "restart the program: it brings them up to date",
  );

const noAnswer = (cause: unknown): Found =>
  found.broken(
    `it does not answer: ${reasonOf(cause)}`,
    "see whether it is running, can be reached from here and takes this user and password",
  );

/** A connection that is refused at several addresses has a code and no message. */
const reasonOf = (cause: unknown): string => {
  if (!(cause instanceof Error)) return "unknown";
  const code: unknown = Reflect.get(cause, "code");
  return cause.message || (typeof code === "string" ? code : "unknown");
};
