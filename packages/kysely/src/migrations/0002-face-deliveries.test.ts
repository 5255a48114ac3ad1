import { anInboxDelivery, testStart, valueOf } from "@likeness/testing";
import { ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { sqliteMigrations } from "../sqlite/sqlite-migrations.ts";
import { inboxRepository } from "../store/inbox-repository.ts";
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
    const inbox = inboxRepository(opened.db);
    const deliveries = [
      anInboxDelivery({ verified: false }),
      anInboxDelivery({ outcome: "applied", settledAt: testStart }),
    ];
    for (const delivery of deliveries) await valueOf(inbox.insert(delivery));
    await valueOf(migrate(opened.db, upTo(step)));
    for (const delivery of deliveries) expect(await inbox.find(delivery.id)).toStrictEqual(ok(delivery));
    expect(opened.database.pragma("integrity_check", { simple: true })).toBe("ok");
  });
});
