import type { Found } from "@likeness/core";
import type { Kysely } from "kysely";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { emptyPostgres, openPostgres, temporaryPostgres } from "../__fixtures__/temporary-postgres.ts";
import { openSqlite, temporaryPath, temporarySqlite } from "../__fixtures__/temporary-sqlite.ts";
import type { Database } from "../database.ts";
import { databaseChecks } from "./database-checks.ts";

async function foundIn(db: Kysely<Database>): Promise<readonly Found[]> {
  const [check] = databaseChecks(db);
  return (await check?.look(new AbortController().signal)) ?? [];
}

const texts = (findings: readonly Found[]): string[] => findings.map(({ verdict, what }) => `${verdict}: ${what}`);

describe("the check of SQLite", () => {
  it("is well, and writes no row", async () => {
    const { db, database } = await temporarySqlite();
    // The fixture forgets, which is faster.
    database.pragma("synchronous = full");
    expect(texts(await foundIn(db))).toStrictEqual([
      expect.stringMatching(/^ok: SQLite 3\.\d+\.\d+: writable, tables up to date, commits last$/),
    ]);
    expect(database.prepare("select count(*) from likeness_session").pluck().get()).toBe(0);
  });

  it("finds settings that lose commits, and a file that can only be read, each by itself", async () => {
    const { db, database } = await temporarySqlite();
    database.pragma("synchronous = normal");
    database.pragma("query_only = on");
    expect(texts(await foundIn(db))).toStrictEqual([
      "broken: commits can be lost: synchronous is not FULL",
      expect.stringMatching(/^broken: rows cannot be written: /),
    ]);
  });

  it("finds tables that are older than the program, and another encoding", async () => {
    const { db, database } = openSqlite(temporaryPath());
    database.pragma('encoding = "UTF-16le"');
    database.exec("create table something (x)");
    expect(texts(await foundIn(db))).toStrictEqual([
      "broken: its encoding is UTF-16le",
      expect.stringMatching(/^broken: the tables are older than the program: \d+ steps are missing$/),
    ]);
  });

  it("finds a database that does not answer", async () => {
    const { db, database } = await temporarySqlite();
    database.close();
    expect(await foundIn(db)).toMatchObject([
      { verdict: "broken", what: expect.stringMatching(/^it does not answer: /), whatToDo: expect.any(String) },
    ]);
  });
});

describe("the check of PostgreSQL", () => {
  it("is well but for what the tests' server forgets, and says a setting of the database", async () => {
    const { db, url } = await temporaryPostgres();
    const forgetful = ["broken: commits can be lost, and with them paid orders: fsync is off"];
    const pages = ["broken: commits can be lost, and with them paid orders: full_page_writes is off"];
    expect(texts(await foundIn(db))).toStrictEqual([...forgetful, ...pages]);
    await sql`alter database ${sql.id(new URL(url).pathname.slice(1))} set synchronous_commit = off`.execute(db);
    const again = openPostgres(url);
    expect(texts(await foundIn(again.db))).toContain(
      "broken: commits can be lost, and with them paid orders: synchronous_commit is off",
    );
  });

  it("finds an empty database, an encoding that holds no names, and a server that is not there", async () => {
    const url = await emptyPostgres();
    const { db } = openPostgres(url);
    expect(texts(await foundIn(db))).toContainEqual(expect.stringMatching(/the tables are older than the program/));
    const name = `latin_${Date.now()}`;
    await sql`create database ${sql.id(name)} encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0`.execute(
      db,
    );
    const latin = new URL(url);
    latin.pathname = `/${name}`;
    expect(texts(await foundIn(openPostgres(latin.href).db))).toContain(
      "broken: its encoding is LATIN1, so names and words cannot be stored",
    );
    const nowhere = openPostgres("postgres://user:a-password-of-the-test@127.0.0.1:1/none");
    const silent = await foundIn(nowhere.db);
    expect(silent).toMatchObject([{ verdict: "broken", what: expect.stringMatching(/^it does not answer: /) }]);
    expect(JSON.stringify(silent)).not.toContain("a-password");
  });
});
