import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { sqliteMigrations } from "../sqlite/sqlite-migrations.ts";
import { openSqlite, temporaryPath, type TemporarySqlite } from "../__fixtures__/temporary-sqlite.ts";
import { migrate, pendingMigrations } from "./migrate.ts";
import type { Migration } from "./migration.ts";
import { migrations } from "./migrations.ts";

const steps = Object.keys(sqliteMigrations).toSorted();

const tablesOf = ({ database }: TemporarySqlite): unknown[] =>
  database
    .prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name")
    .pluck()
    .all();

const breaking: Migration = {
  up: async ({ schema }) => {
    await schema.createTable("half").addColumn("id", "integer").execute();
    throw new Error("power cut");
  },
};

describe("migrate", () => {
  it("makes every table, and nothing more the second time", async () => {
    const opened = openSqlite(temporaryPath());
    expect(await migrate(opened.db, sqliteMigrations)).toStrictEqual(ok(steps));
    expect(tablesOf(opened)).toStrictEqual([
      "likeness_alarm",
      "likeness_audit",
      "likeness_avatar",
      "likeness_consent",
      "likeness_credit_account",
      "likeness_credit_entry",
      "likeness_credit_hold",
      "likeness_dismissal",
      "likeness_erased_count",
      "likeness_erased_order",
      "likeness_erasure",
      "likeness_job",
      "likeness_migration",
      "likeness_notification",
      "likeness_order",
      "likeness_order_blob",
      "likeness_owner",
      "likeness_payment",
      "likeness_photo",
      "likeness_picture",
      "likeness_purchase",
      "likeness_session",
      "likeness_sighting",
      "likeness_spending",
      "likeness_switch",
      "likeness_webhook_inbox",
    ]);
    expect(await migrate(opened.db, sqliteMigrations)).toStrictEqual(ok([]));
  });

  it("makes every table of ours strict", async () => {
    const opened = openSqlite(temporaryPath());
    await migrate(opened.db, sqliteMigrations);
    const lax = opened.database
      .prepare("select name from pragma_table_list where schema = 'main' and strict = 0 order by name")
      .pluck();
    expect(lax.all()).toStrictEqual(["likeness_migration", "sqlite_schema"]);
  });

  it("keeps to text and integers, which every database has", async () => {
    const opened = openSqlite(temporaryPath());
    await migrate(opened.db, sqliteMigrations);
    const types = opened.database.prepare(
      "select distinct lower(c.type) from pragma_table_list t, pragma_table_info(t.name) c where t.strict = 1 order by 1",
    );
    expect(types.pluck().all()).toStrictEqual(["integer", "text"]);
  });

  it("leaves nothing of a run that dies half way, and does it all the next time", async () => {
    const opened = openSqlite(temporaryPath());
    const failing = { ...sqliteMigrations, "9999-breaking": breaking };
    expect(await migrate(opened.db, failing)).toStrictEqual(
      err({ type: "migration-failure", migration: "9999-breaking", cause: new Error("power cut") }),
    );
    expect(tablesOf(opened)).toStrictEqual([]);
    expect(await pendingMigrations(opened.db, sqliteMigrations)).toStrictEqual(ok(steps));
    expect(await migrate(opened.db, sqliteMigrations)).toStrictEqual(ok(steps));
  });

  it("leaves older tables as they were when a later step dies", async () => {
    const opened = openSqlite(temporaryPath());
    await migrate(opened.db, sqliteMigrations);
    const before = tablesOf(opened);
    const result = await migrate(opened.db, { ...sqliteMigrations, "9999-breaking": breaking });
    expect(result.isErr()).toBe(true);
    expect(tablesOf(opened)).toStrictEqual(before);
  });

  it("refuses a database that a newer program has migrated", async () => {
    const { db } = openSqlite(temporaryPath());
    await migrate(db, { ...sqliteMigrations, "9999-newer": { up: async () => undefined } });
    expect(await migrate(db, sqliteMigrations)).toStrictEqual(
      err({ type: "migration-failure", migration: undefined, cause: expect.any(Error) }),
    );
  });

  it("returns what SQLite throws", async () => {
    const { db, database } = openSqlite(temporaryPath());
    database.close();
    expect(await migrate(db, sqliteMigrations)).toMatchObject({ error: { type: "migration-failure" } });
    expect(await pendingMigrations(db, sqliteMigrations)).toStrictEqual(
      err({ type: "storage-failure", cause: new TypeError("The database connection is not open") }),
    );
  });

  it("gives its steps to every database, frozen", () => {
    expect(Object.keys(sqliteMigrations)).toStrictEqual(expect.arrayContaining(Object.keys(migrations)));
    expect(Object.isFrozen(migrations) && Object.isFrozen(sqliteMigrations)).toBe(true);
  });
});
