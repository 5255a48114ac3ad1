import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { openSqlite, temporaryPath, temporarySqlite } from "../testing/temporary-sqlite.ts";
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

  it("says that the database does not answer", async () => {
    const { db, database } = await temporarySqlite();
    database.close();
    expect(await sqliteReady(db)).toStrictEqual(
      err({ type: "storage-failure", cause: new TypeError("The database connection is not open") }),
    );
  });
});
