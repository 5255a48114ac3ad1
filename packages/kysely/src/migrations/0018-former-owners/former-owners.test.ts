import { describe, expect, it } from "vitest";
import { databaseBefore } from "../../__fixtures__/former-tables/database-before.ts";
import { migratingEngines, rowsOf, run } from "../../__fixtures__/migrating-engines.ts";

const step = "0018-former-owners";
const early = "2026-11-23T06:00:00.000Z";
const late = "2026-11-25T06:00:00.000Z";

describe.each(migratingEngines)(`${step} on $engine`, (migrating) => {
  it("gives owners who were never seen the time of their newest row, and leaves the others", async () => {
    const { db, takeUntil } = await databaseBefore(migrating, step);
    await run(
      db,
      `update likeness_photo set created_at = '${late}' where number = 1`,
      `update likeness_avatar set updated_at = '${late}' where owner_id = 'telegram:4'`,
      `update likeness_order set created_at = '${late}' where owner_id = 'owner:1' and status = 'failed'`,
      "update likeness_session set owner_id = 'telegram:1' where key = 'telegram:settings'",
    );
    const before = Date.now();
    await takeUntil(step);
    const owners = (await rowsOf(db, "select id, last_seen_at as seen, locale, version from likeness_owner")) as {
      readonly id: string;
      readonly seen: string;
      readonly version: number;
    }[];
    const seenOf = (id: string) => owners.find((owner) => owner.id === id)?.seen;
    // A photo, an order, a consent and an avatar as the newest.
    expect(seenOf("telegram:0")).toBe(late);
    expect(seenOf("owner:1")).toBe(late);
    expect(seenOf("telegram:3")).toBe("2026-11-24T06:00:00.000Z");
    expect(seenOf("telegram:1")).toBe(early);
    expect(seenOf("telegram:4")).toBe(late);
    // There is only a session, which has no time.
    for (const id of ["telegram:17", "telegram:18"])
      expect(Date.parse(seenOf(id) ?? "")).toBeGreaterThanOrEqual(before - 1);
    expect(owners.find(({ id }) => id === "telegram:2")).toMatchObject({ locale: "kk", version: 3 });
    expect(owners.filter(({ id }) => id !== "telegram:2").every(({ version }) => version === 1)).toBe(true);
    expect(seenOf("pseudonym")).toBeUndefined();
    expect(new Set(owners.map(({ id }) => id)).size).toBe(owners.length);
  });

  it("is taken once more by 0021, for owners who came later and were never said to be seen", async () => {
    const { db, takeUntil } = await databaseBefore(migrating, "0021-unseen-owners");
    const others = "select id, last_seen_at, locale, version from likeness_owner where id <> 'telegram:0' order by id";
    const before = await rowsOf(db, others);
    await run(
      db,
      "delete from likeness_owner where id = 'telegram:0'",
      `update likeness_avatar set updated_at = '${late}' where owner_id = 'telegram:0'`,
    );
    await takeUntil("0021-unseen-owners");
    expect(await rowsOf(db, "select last_seen_at, version from likeness_owner where id = 'telegram:0'")).toStrictEqual([
      { last_seen_at: late, version: 1 },
    ]);
    expect(await rowsOf(db, others)).toStrictEqual(before);
  });
});
