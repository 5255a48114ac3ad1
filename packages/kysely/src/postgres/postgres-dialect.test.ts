import { sql, type Kysely } from "kysely";
import { ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { attempt, transaction } from "../attempt.ts";
import type { Database } from "../database.ts";
import { run } from "../__fixtures__/migrating-engines.ts";
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
