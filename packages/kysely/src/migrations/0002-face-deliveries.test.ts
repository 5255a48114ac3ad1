import { anInboxDelivery, testStart, valueOf } from "@likeness/testing";
import { ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { sqliteMigrations } from "../sqlite/sqlite-migrations.ts";
import { inboxRow } from "../store/inbox-row.ts";
import { openSqlite, temporaryPath, type TemporarySqlite } from "../__fixtures__/temporary-sqlite.ts";
import { migrate } from "./migrate.ts";

const step = "0002-face-deliveries";

const upTo = (last: string) => Object.fromEntries(Object.entries(sqliteMigrations).filter(([name]) => name <= last));

/** The tables as they were before. */
async function olderTables(): Promise<TemporarySqlite> {
  const opened = openSqlite(temporaryPath());
  await valueOf(migrate(opened.db, upTo("0002")));
  return opened;
}

const schemaOf = ({ database }: TemporarySqlite): unknown[] =>
  database.prepare("select sql from sqlite_schema where sql is not null order by type, name").pluck().all();

describe(step, () => {
  it("changes nothing of the tables but that a delivery may have no training", async () => {
    const opened = await olderTables();
    const before = schemaOf(opened);
    expect(await migrate(opened.db, upTo(step))).toStrictEqual(ok([step]));
    const optional = before.map((text) => {
      const isInbox = String(text).startsWith('CREATE TABLE "likeness_webhook_inbox"');
      return isInbox ? String(text).replace('"training_id" text not null', '"training_id" text') : text;
    });
    expect(schemaOf(opened)).toStrictEqual(optional);
    expect(optional).not.toStrictEqual(before);
  });

  it("keeps every delivery", async () => {
    const opened = await olderTables();
    const rows = () => opened.database.prepare("select * from likeness_webhook_inbox order by id").all();
    const deliveries = [
      anInboxDelivery({ verified: false }),
      anInboxDelivery({ outcome: "applied", settledAt: testStart }),
    ];
    for (const { order_id: trainingId, owner_id: _later, ...row } of deliveries.map(inboxRow)) {
      const former = { ...row, training_id: trainingId };
      const columns = Object.keys(former);
      const names = columns.map((name) => `@${name}`);
      opened.database
        .prepare(`insert into likeness_webhook_inbox (${columns.join()}) values (${names.join()})`)
        .run(former);
    }
    const before = rows();
    expect(before).toHaveLength(2);
    await valueOf(migrate(opened.db, upTo(step)));
    expect(rows()).toStrictEqual(before);
    expect(opened.database.pragma("integrity_check", { simple: true })).toBe("ok");
  });
});
