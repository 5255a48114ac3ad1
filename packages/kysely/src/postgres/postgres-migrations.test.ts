import { err, ok } from "neverthrow";
import { sql, type Kysely } from "kysely";
import { describe, expect, it } from "vitest";
import type { Database } from "../database.ts";
import { migrate, pendingMigrations } from "../migrations/migrate.ts";
import type { Migration } from "../migrations/migration.ts";
import { emptyPostgres, openPostgres } from "../testing/temporary-postgres.ts";
import { postgresMigrations } from "./postgres-migrations.ts";

const steps = ["0001-tables", "0002-face-deliveries", "0003-late-results"];

const rows = async (db: Kysely<Database>, query: string): Promise<unknown[]> =>
  (await sql<{ value: unknown }>`${sql.raw(query)}`.execute(db)).rows.map(({ value }) => value);

const tablesOf = (db: Kysely<Database>): Promise<unknown[]> =>
  rows(db, "select tablename as value from pg_tables where schemaname = 'public' order by 1");

const bookkeeping = ["likeness_migration", "likeness_migration_lock"];

const breaking: Migration = {
  up: async (db) => {
    await db.schema.createTable("half").addColumn("id", "integer").execute();
    throw new Error("power cut");
  },
};

describe("migrate on PostgreSQL", () => {
  it("makes every table, and nothing more the second time", async () => {
    const { db } = openPostgres(await emptyPostgres());
    expect(await migrate(db, postgresMigrations)).toStrictEqual(ok(steps));
    const tables = ["avatar", "generation", ...bookkeeping, "notification", "photo", "session", "training"];
    expect(await tablesOf(db)).toStrictEqual([...tables, "training_photo", "webhook_inbox"]);
    expect(await migrate(db, postgresMigrations)).toStrictEqual(ok([]));
  });

  it("lets several processes migrate at once", async () => {
    const url = await emptyPostgres();
    const runs = await Promise.all(Array.from({ length: 4 }, () => migrate(openPostgres(url).db, postgresMigrations)));
    const taken = runs.map((run) => run._unsafeUnwrap());
    expect(taken.toSorted((left, right) => right.length - left.length)).toStrictEqual([steps, [], [], []]);
  });

  it("keeps to text, ordered by its bytes, and integers", async () => {
    const { db } = openPostgres(await emptyPostgres());
    await migrate(db, postgresMigrations);
    const types = `select distinct data_type || coalesce(' ' || collation_name, '') as value
      from information_schema.columns where table_schema = 'public' and table_name not like 'likeness%' order by 1`;
    expect(await rows(db, types)).toStrictEqual(["integer", "text C"]);
  });

  it("leaves nothing of a run that dies half way, and does it all the next time", async () => {
    const { db } = openPostgres(await emptyPostgres());
    expect(await migrate(db, { ...postgresMigrations, "9999-breaking": breaking })).toStrictEqual(
      err({ type: "migration-failure", migration: "9999-breaking", cause: new Error("power cut") }),
    );
    expect(await tablesOf(db)).toStrictEqual(bookkeeping);
    expect(await pendingMigrations(db, postgresMigrations)).toStrictEqual(ok(steps));
    expect(await migrate(db, postgresMigrations)).toStrictEqual(ok(steps));
  });

  it("waits for no table longer than others can wait for it, but takes its time otherwise, and so only", async () => {
    const { db } = openPostgres(await emptyPostgres());
    const seen: unknown[] = [];
    const note = async (executor: Kysely<Database>) =>
      seen.push(
        await rows(
          executor,
          "select name || ' ' || setting as value from pg_settings where name in ('lock_timeout', 'statement_timeout') order by name",
        ),
      );
    const noting: Migration = { up: async (executor: Kysely<Database>) => void (await note(executor)) };
    await migrate(db, { "0001-noting": noting });
    await note(db);
    expect(seen).toStrictEqual([
      ["lock_timeout 5000", "statement_timeout 0"],
      ["lock_timeout 2000", "statement_timeout 5000"],
    ]);
  });
});
