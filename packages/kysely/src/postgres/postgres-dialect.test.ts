import { Kysely, sql } from "kysely";
import { ok } from "neverthrow";
import { Pool } from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { attempt, transaction } from "../attempt.ts";
import type { Database } from "../database.ts";
import { run } from "../__fixtures__/migrating-engines.ts";
import { postgresDialect } from "./postgres-dialect.ts";
import { emptyPostgres, openPostgres, temporaryPostgres } from "../__fixtures__/temporary-postgres.ts";

describe("postgresDialect", () => {
  it("reads what is committed, whatever the server's default is", async () => {
    const { url, db } = await temporaryPostgres();
    const name = sql.id(new URL(url).pathname.slice(1));
    await sql`alter database ${name} set default_transaction_isolation = 'serializable'`.execute(db);
    const other = openPostgres(url);
    const level = await transaction(other.db, (tx) =>
      attempt(tx, async () => (await sql`show transaction_isolation`.execute(tx)).rows),
    );
    expect(level).toStrictEqual(ok([{ transaction_isolation: "read committed" }]));
  });
});

describe("the statements of postgresDialect", () => {
  const prepared = async (db: Kysely<Database>): Promise<readonly string[]> => {
    const asked = sql<{ statement: string }>`select statement from pg_prepared_statements order by prepare_time`;
    return (await asked.execute(db)).rows.map(({ statement }) => statement);
  };
  const connections = async (max: number, namedStatements?: boolean) => {
    const pool = new Pool({ connectionString: await emptyPostgres(), max });
    const db = new Kysely<Database>({ dialect: postgresDialect({ pool, namedStatements }) });
    onTestFinished(() => db.destroy());
    return { db, pool };
  };
  const oneConnection = (namedStatements?: boolean) => connections(1, namedStatements);

  it("are read and planned once for a connection if they have parameters", async () => {
    const { db } = await oneConnection();
    for (const number of [1, 2, 1]) await sql`select ${number}::int as number`.execute(db);
    await db.transaction().execute((tx) => sql`select ${3}::int as number`.execute(tx));
    expect(await prepared(db)).toStrictEqual(["select $1::int as number"]);
  });

  it("are limited in number, because each connection keeps them", async () => {
    const { db } = await oneConnection();
    for (let number = 0; number < 510; number++)
      await sql`select ${number}::int as ${sql.id(`column ${number}`)}`.execute(db);
    expect(await prepared(db)).toHaveLength(500);
  });

  it("do not meet those of another on the same connections", async () => {
    const { db, pool } = await oneConnection();
    const other = new Kysely<Database>({ dialect: postgresDialect({ pool }) });
    await sql`select ${1}::int as first`.execute(db);
    await sql`select ${1}::int as second`.execute(other);
    expect(await prepared(db)).toHaveLength(2);
  });

  it("have no names where a pooler would lose them", async () => {
    const { db } = await oneConnection(false);
    await sql`select ${1}::int as number`.execute(db);
    expect(await prepared(db)).toStrictEqual([]);
  });

  it("find the columns that another program has added since, also in a transaction", async () => {
    const { db } = await oneConnection();
    await run(db, "create table grows (id int)", "insert into grows values (1)");
    const read = (tx: Kysely<Database>) =>
      attempt(tx, async () => (await sql`select * from grows where id = ${1}`.execute(tx)).rows);
    expect(await read(db)).toStrictEqual(ok([{ id: 1 }]));
    await run(db, "alter table grows add first int");
    expect(await read(db)).toStrictEqual(ok([{ id: 1, first: null }]));
    await run(db, "alter table grows add second int");
    expect(await transaction(db, read)).toStrictEqual(ok([{ id: 1, first: null, second: null }]));
  });

  it("are named anew once, however many connections refuse them", async () => {
    const { db } = await connections(2);
    await run(db, "create table grows (id int)");
    const read = (on: Kysely<Database>) =>
      attempt(on, async () => (await sql`select * from grows where id = ${1}`.execute(on)).rows);
    const onBoth = <T>(work: (on: Kysely<Database>) => PromiseLike<T>) =>
      db.connection().execute((one) => db.connection().execute((other) => Promise.all([work(one), work(other)])));
    await onBoth(read);
    await run(db, "alter table grows add first int");
    expect(await onBoth(read)).toStrictEqual([ok([]), ok([])]);
    const named = sql<{ name: string }>`select name from pg_prepared_statements order by prepare_time`;
    const names = await onBoth(async (on) => (await named.execute(on)).rows.map(({ name }) => name.slice(0, 11)));
    expect(names).toStrictEqual(Array.from({ length: 2 }, () => ["likeness_0_", "likeness_1_"]));
  });
});

describe("a transaction in which a statement failed", () => {
  const fail = (db: Kysely<Database>): Promise<unknown> =>
    sql`select 1 / 0`.execute(db).catch((cause: unknown) => cause);

  it("does not say that it committed", async () => {
    const { db } = openPostgres(await emptyPostgres());
    await expect(db.transaction().execute(fail)).rejects.toThrow("rolled back");
    expect(await db.transaction().execute(async () => "the next one does")).toBe("the next one does");
  });

  it("commits when it went back to a savepoint", async () => {
    const { db } = openPostgres(await emptyPostgres());
    await db.transaction().execute(async (tx) => {
      await run(tx, "create table kept (id text)", "savepoint before");
      await fail(tx);
      await run(tx, "rollback to before");
    });
    await run(db, "select id from kept");
  });
});
