import { err, ok } from "neverthrow";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
// @boundaries-ignore The server is the whole workspace's.
import { startPostgres, type PostgresServer } from "../../../../.config/postgres/start-postgres.ts";
import { migrate } from "../migrations/migrate.ts";
import { emptyPostgres, openPostgres, temporaryPostgres } from "../testing/temporary-postgres.ts";
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

  it("names the steps that are still to be taken", async () => {
    const { db } = openPostgres(await emptyPostgres());
    expect(await postgresReady(db)).toStrictEqual(
      err({ type: "migrations-pending", migrations: Object.keys(postgresMigrations) }),
    );
  });

  it("returns that nobody answers", async () => {
    const { db } = await temporaryPostgres();
    await postgresReady(db);
    await db.destroy();
    expect(await postgresReady(db)).toStrictEqual(err({ type: "storage-failure", cause: expect.any(Error) }));
  });
});
