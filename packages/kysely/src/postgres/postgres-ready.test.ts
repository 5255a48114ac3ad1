import { err, ok } from "neverthrow";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { startPostgres, type PostgresServer } from "@likeness/test-postgres/start-postgres.ts";
import { migrate } from "../migrations/migrate.ts";
import { emptyPostgres, openPostgres, temporaryPostgres } from "../__fixtures__/temporary-postgres.ts";
import { postgresMigrations } from "./postgres-migrations.ts";
import { postgresReady } from "./postgres-ready.ts";

describe("postgresReady", () => {
  let durable: PostgresServer;
  beforeAll(async () => {
    durable = await startPostgres({ durable: true });
  });
  afterAll(() => durable.stop());

  it("says that the database can be used", async () => {
    const { db } = openPostgres(durable.url);
    await migrate(db, postgresMigrations);
    expect(await postgresReady(db)).toStrictEqual(ok(undefined));
  });

  it("refuses a database whose commits may be lost", async () => {
    await sql`alter database postgres set synchronous_commit = off`.execute(openPostgres(durable.url).db);
    const { db } = openPostgres(durable.url);
    await migrate(db, postgresMigrations);
    expect(await postgresReady(db)).toStrictEqual(
      err({ type: "postgres-setting-unsafe", setting: "synchronous_commit", actual: "off" }),
    );
    expect(await postgresReady(db, { durable: false })).toStrictEqual(ok(undefined));
  });

  it("refuses a server that does not wait for its disk", async () => {
    const other = await startPostgres();
    try {
      const { db } = openPostgres(other.url);
      await migrate(db, postgresMigrations);
      expect(await postgresReady(db)).toStrictEqual(
        err({ type: "postgres-setting-unsafe", setting: "fsync", actual: "off" }),
      );
      await db.destroy();
    } finally {
      await other.stop();
    }
  });

  it("says that the server takes no writes any more, and is ready again by itself", async () => {
    const { db, url } = await temporaryPostgres();
    const name = new URL(url).pathname.slice(1);
    expect(await postgresReady(db, { durable: false })).toStrictEqual(ok(undefined));
    await sql`alter database ${sql.ref(name)} set default_transaction_read_only = on`.execute(db);
    const other = openPostgres(url);
    expect(await postgresReady(other.db, { durable: false })).toMatchObject({
      error: { type: "database-not-writable", reason: "read-only" },
    });
    await sql`set default_transaction_read_only = off`.execute(other.db);
    expect(await postgresReady(other.db, { durable: false })).toStrictEqual(ok(undefined));
  });

  it("says that its role may not write, also in a schema of the host's", async () => {
    const { db, url } = await temporaryPostgres();
    const role = `reader_${new URL(url).pathname.slice(-8)}`;
    await sql`create schema portraits`.execute(db);
    await migrate(db.withSchema("portraits"), postgresMigrations);
    await sql`create role ${sql.ref(role)} login`.execute(db);
    onTestFinished(async () => {
      await sql`drop owned by ${sql.ref(role)}`.execute(db);
      await sql`drop role ${sql.ref(role)}`.execute(db);
    });
    await sql`grant usage on schema portraits to ${sql.ref(role)}`.execute(db);
    for (const schema of ["public", "portraits"])
      await sql`grant select on all tables in schema ${sql.ref(schema)} to ${sql.ref(role)}`.execute(db);
    const address = new URL(url);
    address.username = role;
    const reader = openPostgres(address.href);
    for (const host of [reader.db, reader.db.withSchema("portraits")])
      expect(await postgresReady(host, { durable: false })).toMatchObject({
        error: { type: "storage-failure", cause: { message: "permission denied for table likeness_session" } },
      });
    await sql`grant insert on portraits.likeness_session to ${sql.ref(role)}`.execute(db);
    expect(await postgresReady(reader.db.withSchema("portraits"), { durable: false })).toStrictEqual(ok(undefined));
  });

  it("says that the disk of the server is full, and is ready again by itself", async () => {
    const { db, url } = await temporaryPostgres();
    // What makes the question large is made to fail as a disk without room does.
    await sql`create function public.repeat(text, integer) returns text language plpgsql as $$ begin
      raise exception 'could not write to file "base/pgsql_tmp/pgsql_tmp1.0": No space left on device' using errcode = '53100';
    end $$`.execute(db);
    const address = new URL(url);
    address.searchParams.set("options", "-c search_path=public,pg_catalog");
    const full = openPostgres(address.href);
    expect(await postgresReady(full.db, { durable: false })).toMatchObject({
      error: { type: "database-not-writable", reason: "disk-full" },
    });
    await sql`drop function public.repeat`.execute(db);
    expect(await postgresReady(full.db, { durable: false })).toStrictEqual(ok(undefined));
  });

  it("asks with a temporary file, so that the disk has to have room, and leaves nothing", async () => {
    const { db } = await temporaryPostgres();
    const files = async () => {
      await sql`select pg_stat_force_next_flush()`.execute(db);
      const { rows } = await sql<{ files: number }>`
        select temp_files::integer as files from pg_stat_database where datname = current_database()`.execute(db);
      return rows[0]?.files ?? 0;
    };
    const before = await files();
    await postgresReady(db, { durable: false });
    await expect.poll(files).toBeGreaterThan(before);
  });

  it("names the steps that are still to be taken", async () => {
    const { db } = openPostgres(await emptyPostgres());
    expect(await postgresReady(db)).toStrictEqual(
      err({ type: "migrations-pending", migrations: Object.keys(postgresMigrations) }),
    );
  });

  it("returns that no server answers", async () => {
    const { db } = await temporaryPostgres();
    await postgresReady(db);
    await db.destroy();
    expect(await postgresReady(db)).toStrictEqual(err({ type: "storage-failure", cause: expect.any(Error) }));
  });
});
