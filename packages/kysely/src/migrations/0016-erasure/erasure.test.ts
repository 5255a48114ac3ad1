import { valueOf } from "@likeness/testing";
import { okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { databaseBefore } from "../../__fixtures__/former-tables/database-before.ts";
import { migratingEngines, rowsOf } from "../../__fixtures__/migrating-engines.ts";
import { kyselyStore } from "../../store/kysely-store.ts";

const step = "0016-erasure";

describe.each(migratingEngines)(`${step} on $engine`, (migrating) => {
  it("says whose the sessions are, so that they are erased with their owner", async () => {
    const { db, takeUntil } = await databaseBefore(migrating, step);
    await takeUntil(step);
    const sessions = "select key, owner_id from likeness_session where key like 'telegram:%' order by key";
    const training = "telegram:training:00000000-0000-7000-8000-e0000000005d";
    expect(await rowsOf(db, sessions)).toStrictEqual([
      { key: "telegram:chat:17", owner_id: "telegram:17" },
      { key: "telegram:drawing:gone", owner_id: null },
      { key: "telegram:settings", owner_id: null },
      { key: training, owner_id: "owner:1" },
      { key: "telegram:waits:18", owner_id: "telegram:18" },
    ]);
    expect(await rowsOf(db, "select id from likeness_webhook_inbox where owner_id is not null")).toStrictEqual([]);

    const store = kyselyStore(db, { jobs: () => ({ enqueue: () => okAsync(undefined) }) });
    for (const owner of ["telegram:17", "telegram:18", "owner:1"]) await valueOf(store.sessions.eraseOwner(owner));
    expect(await rowsOf(db, sessions)).toMatchObject([{ key: "telegram:drawing:gone" }, { key: "telegram:settings" }]);
  });
});
