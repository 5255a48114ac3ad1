import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { openSqlite, temporaryPath, temporarySqlite } from "../__fixtures__/temporary-sqlite.ts";
import { sqliteMigrations } from "./sqlite-migrations.ts";
import { sqliteReady } from "./sqlite-ready.ts";

describe("sqliteReady", () => {
  it("is ready when the tables are up to date", async () => {
    const { db } = await temporarySqlite();
    expect(await sqliteReady(db)).toStrictEqual(ok(undefined));
  });

  it("names the migrations that have not run, and runs none", async () => {
    const { db, database } = openSqlite(temporaryPath());
    expect(await sqliteReady(db)).toStrictEqual(
      err({
        type: "migrations-pending",
        migrations: Object.keys(sqliteMigrations).toSorted(),
      }),
    );
    expect(database.prepare("select name from sqlite_schema").all()).toStrictEqual([]);
  });

  it("says that the disk is full, writes no row to find out, and is ready again by itself", async () => {
    const { db, database } = await temporarySqlite();
    expect(await sqliteReady(db)).toStrictEqual(ok(undefined));
    database.pragma(`max_page_count = ${Number(database.pragma("page_count", { simple: true }))}`);
    const full = { type: "database-not-writable", reason: "disk-full", detail: "database or disk is full" };
    expect(await sqliteReady(db)).toStrictEqual(err(full));
    expect(await sqliteReady(db)).toStrictEqual(err(full));
    database.pragma("max_page_count = 1000000");
    expect(await sqliteReady(db)).toStrictEqual(ok(undefined));
    expect(database.prepare("select count(*) from likeness_session").pluck().get()).toBe(0);
    expect(database.pragma("cache_size", { simple: true })).toBe(-16_000);
  });

  it("says that the file can only be read, and is ready again by itself", async () => {
    const { db, database } = await temporarySqlite();
    database.pragma("query_only = on");
    expect(await sqliteReady(db)).toMatchObject({ error: { type: "database-not-writable", reason: "read-only" } });
    database.pragma("query_only = off");
    expect(await sqliteReady(db)).toStrictEqual(ok(undefined));
  });

  it("takes a file that another process is writing for one that can be written", async () => {
    const { db, database, path } = await temporarySqlite();
    database.pragma("busy_timeout = 10");
    const { database: other } = openSqlite(path);
    other.exec("begin immediate");
    expect(await sqliteReady(db)).toStrictEqual(ok(undefined));
    other.exec("rollback");
  });

  it("says that the database does not answer", async () => {
    const { db, database } = await temporarySqlite();
    database.close();
    expect(await sqliteReady(db)).toStrictEqual(
      err({ type: "storage-failure", cause: new TypeError("The database connection is not open") }),
    );
  });
});
