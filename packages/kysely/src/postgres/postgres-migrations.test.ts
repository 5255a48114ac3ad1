import { randomUUID } from "node:crypto";
import { err, ok, okAsync } from "neverthrow";
import { sql, type Kysely } from "kysely";
import { describe, expect, it } from "vitest";
import type { Database } from "../database.ts";
import { migrate, pendingMigrations } from "../migrations/migrate.ts";
import type { Migration } from "../migrations/migration.ts";
import { emptyPostgres, openPostgres } from "../__fixtures__/temporary-postgres.ts";
import { kyselyStore } from "../store/kysely-store.ts";
import { run } from "../__fixtures__/migrating-engines.ts";
import { useEverything } from "../__fixtures__/use-everything.ts";
import { postgresMigrations } from "./postgres-migrations.ts";
import { postgresReady } from "./postgres-ready.ts";

const steps = Object.keys(postgresMigrations);

const rows = async (db: Kysely<Database>, query: string): Promise<unknown[]> =>
  (await sql<{ value: unknown }>`${sql.raw(query)}`.execute(db)).rows.map(({ value }) => value);

const tablesOf = (db: Kysely<Database>): Promise<unknown[]> =>
  rows(db, "select tablename as value from pg_tables where schemaname = 'public' order by 1");

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
    expect(await tablesOf(db)).toStrictEqual([
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
    expect(await migrate(db, postgresMigrations)).toStrictEqual(ok([]));
  });

  it("lets several processes migrate at once", async () => {
    const url = await emptyPostgres();
    const runs = await Promise.all(Array.from({ length: 4 }, () => migrate(openPostgres(url).db, postgresMigrations)));
    const taken = runs.map((result) => result._unsafeUnwrap());
    expect(taken.toSorted((left, right) => right.length - left.length)).toStrictEqual([steps, [], [], []]);
  });

  it("keeps to text, ordered by its bytes, and integers", async () => {
    const { db } = openPostgres(await emptyPostgres());
    await migrate(db, postgresMigrations);
    const types = `select distinct data_type || coalesce(' ' || collation_name, '') as value
      from information_schema.columns where table_schema = 'public' and table_name <> 'likeness_migration' order by 1`;
    expect(await rows(db, types)).toStrictEqual(["integer", "text C"]);
  });

  it("leaves nothing of a run that dies half way, and does it all the next time", async () => {
    const { db } = openPostgres(await emptyPostgres());
    expect(await migrate(db, { ...postgresMigrations, "9999-breaking": breaking })).toStrictEqual(
      err({ type: "migration-failure", migration: "9999-breaking", cause: new Error("power cut") }),
    );
    expect(await tablesOf(db)).toStrictEqual([]);
    expect(await pendingMigrations(db, postgresMigrations)).toStrictEqual(ok(steps));
    expect(await migrate(db, postgresMigrations)).toStrictEqual(ok(steps));
  });

  it("keeps to the schema that a host gives it", async () => {
    const { db } = openPostgres(await emptyPostgres());
    const theirs = [
      "create schema portraits",
      "create table likeness_avatar (id text)",
      "create table session (id text)",
    ];
    await run(db, ...theirs);
    const ours = db.withSchema("portraits");
    expect(await pendingMigrations(ours, postgresMigrations)).toStrictEqual(ok(steps));
    expect(await migrate(ours, postgresMigrations)).toStrictEqual(ok(steps));
    expect(await postgresReady(ours, { durable: false })).toStrictEqual(ok(undefined));
    await useEverything(kyselyStore(ours, { jobs: () => ({ enqueue: () => okAsync(undefined) }) }));
    expect(await migrate(ours, postgresMigrations)).toStrictEqual(ok([]));
    expect(await tablesOf(db)).toStrictEqual(["likeness_avatar", "session"]);
    expect(await migrate(db, postgresMigrations)).toMatchObject({ error: { type: "migration-failure" } });
    expect(await tablesOf(db)).toStrictEqual(["likeness_avatar", "session"]);
  });

  it("is part of a transaction that it is given, and says what failed in it", async () => {
    const { db } = openPostgres(await emptyPostgres());
    const failing = {
      ...postgresMigrations,
      "9999-breaking": { up: (tx: Kysely<Database>) => run(tx, "select 1 / 0") },
    };
    const said: unknown[] = [];
    const failed = db.transaction().execute(async (tx) => void said.push(await migrate(tx, failing)));
    await expect(failed).rejects.toThrow("rolled back");
    expect(said).toMatchObject([{ error: { migration: "9999-breaking", cause: { message: "division by zero" } } }]);
    expect(await tablesOf(db)).toStrictEqual([]);
    expect(await db.transaction().execute(async (tx) => migrate(tx, postgresMigrations))).toStrictEqual(ok(steps));
    expect(await pendingMigrations(db, postgresMigrations)).toStrictEqual(ok([]));
  });

  it("finds nothing to do with a role that may not make tables", async () => {
    const { db, url } = openPostgres(await emptyPostgres());
    await migrate(db, postgresMigrations);
    const name = `reader_${randomUUID().replaceAll("-", "")}`;
    await run(db, `create role ${name} login`, `grant usage on schema public to ${name}`);
    await run(db, `grant select on all tables in schema public to ${name}`);
    const role = new URL(url);
    role.username = name;
    const { db: limited } = openPostgres(role.href);
    expect(await migrate(limited, postgresMigrations)).toStrictEqual(ok([]));
    await run(db, `drop owned by ${name}`, `drop role ${name}`);
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
