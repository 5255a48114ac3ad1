import { sql } from "kysely";
import { ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { attempt, transaction } from "../attempt.ts";
import { openPostgres, temporaryPostgres } from "../testing/temporary-postgres.ts";

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
