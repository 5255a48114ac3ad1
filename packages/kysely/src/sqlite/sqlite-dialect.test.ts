import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { openSqlite, temporarySqlite } from "../__fixtures__/temporary-sqlite.ts";

const session = (key: string) => ({ key, value: sql<never>`'1'`, version: 1 });

describe("sqliteDialect", () => {
  it("takes the write lock when a transaction begins, not at its first write", async () => {
    const { db, path } = await temporarySqlite();
    const other = openSqlite(path).database;
    other.pragma("busy_timeout = 0");
    const write = () => other.prepare("insert into likeness_session (key, value, version) values ('a', '1', 1)").run();
    await db.transaction().execute(async () => {
      expect(write).toThrow(expect.objectContaining({ code: "SQLITE_BUSY" }));
    });
    expect(write()).toMatchObject({ changes: 1 });
  });

  it("reports the disk being full, and nothing of the transaction stays", async () => {
    const { db, database } = await temporarySqlite();
    await db.insertInto("likeness_session").values(session("before")).execute();
    const limit = Number(database.pragma("page_count", { simple: true })) + 3;
    database.pragma(`max_page_count = ${limit}`);

    const transaction = db.transaction().execute(async (tx) => {
      await tx.insertInto("likeness_session").values(session("within")).execute();
      await tx
        .insertInto("likeness_session")
        .values({ ...session("large"), value: sql<never>`hex(zeroblob(100000))` })
        .execute();
    });
    await expect(transaction).rejects.toMatchObject({ code: "SQLITE_FULL" });
    expect(database.prepare("select key from likeness_session").pluck().all()).toStrictEqual(["before"]);

    database.pragma("max_page_count = 1000000");
    await db.insertInto("likeness_session").values(session("after")).execute();
    expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
  });

  it("commits nothing on its own after SQLite has rolled the transaction back", async () => {
    const { db, database } = await temporarySqlite();
    database.pragma(`max_page_count = ${Number(database.pragma("page_count", { simple: true })) + 3}`);
    const transaction = db.transaction().execute(async (tx) => {
      const large = tx
        .insertInto("likeness_session")
        .values({ ...session("large"), value: sql<never>`hex(zeroblob(100000))` });
      await large.execute().catch(() => undefined);
      await tx.insertInto("likeness_session").values(session("afterwards")).execute();
    });
    await expect(transaction).rejects.toThrow("the transaction was rolled back by an earlier error");
    expect(database.prepare("select key from likeness_session").pluck().all()).toStrictEqual([]);
    await db.insertInto("likeness_session").values(session("next")).execute();
  });
});
