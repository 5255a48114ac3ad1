import { sql, type Kysely } from "kysely";
import type { Migration } from "../migrations/migration.ts";
import type { Database } from "../database.ts";
import { postgresMigrations } from "../postgres/postgres-migrations.ts";
import { sqliteMigrations } from "../sqlite/sqlite-migrations.ts";
import { emptyPostgres, openPostgres } from "./temporary-postgres.ts";
import { openSqlite, temporaryPath } from "./temporary-sqlite.ts";

export interface MigratingEngine {
  readonly engine: "sqlite" | "postgres";
  readonly steps: Readonly<Record<string, Migration>>;
  /** A new database, without tables. */
  empty(): Promise<Kysely<Database>>;
  /** All schema objects of a database, one row each. */
  readonly everything: string;
}

/** The engines in which migrations have to behave the same, for `describe.each`. */
export const migratingEngines: readonly MigratingEngine[] = [
  {
    engine: "sqlite",
    steps: sqliteMigrations,
    empty: async () => openSqlite(temporaryPath()).db,
    everything: "select type, name, tbl_name, sql from sqlite_schema order by type, name",
  },
  {
    engine: "postgres",
    steps: postgresMigrations,
    empty: async () => openPostgres(await emptyPostgres()).db,
    everything: `
      select 'column' as type, table_name as owner, column_name as name,
        concat_ws(' ', data_type, collation_name, is_nullable, column_default) as text
      from information_schema.columns where table_schema = current_schema()
      union all select 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
      from pg_constraint where connamespace = current_schema()::regnamespace
      union all select 'index', tablename, indexname, indexdef from pg_indexes where schemaname = current_schema()
      order by 1, 2, 3`,
  },
];

export const run = async (db: Kysely<Database>, ...statements: readonly string[]): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(db);
};

export const rowsOf = async (db: Kysely<Database>, query: string): Promise<unknown[]> =>
  (await sql.raw(query).execute(db)).rows;
