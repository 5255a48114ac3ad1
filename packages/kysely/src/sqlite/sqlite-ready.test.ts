import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { openSqlite, temporaryPath, temporarySqlite } from "../testing/temporary-sqlite.ts";
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
        migrations: ["0001-tables", "0001-tables-sqlite-job", "0002-face-deliveries", "0003-late-results"],
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
