import { aPicture, anImageOrder, testStart, valueOf } from "@likeness/testing";
import type { Kysely } from "kysely";
import { ok, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { formerStatements } from "../../__fixtures__/former-tables/former-statements.ts";
import { migratingEngines, rowsOf, run } from "../../__fixtures__/migrating-engines.ts";
import type { Database } from "../../database.ts";
import { kyselyStore } from "../../store/kysely-store.ts";
import { migrate } from "../migrate.ts";

const step = "0011-pictures";
const jobless = { jobs: () => ({ enqueue: () => okAsync(undefined) }) };

const tables = ["avatar", "photo", "order", "order_blob", "webhook_inbox", "notification", "session"];

describe.each(migratingEngines)(`${step} on $engine`, ({ engine, steps, empty }) => {
  const until = (isIncluded: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(steps).filter(([name]) => isIncluded(name)));

  /** A database as the version before this step left it, with an order in every status. */
  async function former(): Promise<Kysely<Database>> {
    const db = await empty();
    await run(db, ...formerStatements(engine, "0003-late-results"));
    await valueOf(
      migrate(
        db,
        until((name) => name < step),
      ),
    );
    return db;
  }

  /** All rows of the tables that were there before, without the column that this step adds. */
  async function contentOf(db: Kysely<Database>): Promise<Record<string, unknown[]>> {
    const content: Record<string, unknown[]> = {};
    for (const table of tables) {
      const rows = (await rowsOf(db, `select * from likeness_${table} order by 1, 2, 3`)) as Record<string, unknown>[];
      content[table] = rows.map(({ set_id: _added, counted_as: _later, ...row }) => row);
    }
    return content;
  }

  it("keeps every row as it was, and puts no order into a set", async () => {
    const db = await former();
    const before = await contentOf(db);
    expect(Object.values(before).map((rows) => rows.length)).toStrictEqual([12, 4, 9, 27, 4, 5, 2]);
    expect(
      await migrate(
        db,
        until((name) => name <= step),
      ),
    ).toStrictEqual(ok([step]));
    expect(await contentOf(db)).toStrictEqual(before);
    expect(await rowsOf(db, "select id from likeness_order where set_id is not null")).toStrictEqual([]);
    expect(await rowsOf(db, "select id from likeness_picture")).toStrictEqual([]);
  });

  it("lets the orders that were there go on, and takes sets and pictures", async () => {
    const db = await former();
    await valueOf(migrate(db, steps));
    const { avatars, orders, pictures } = kyselyStore(db, jobless);
    const ids = (await rowsOf(db, "select id from likeness_order order by id")) as { readonly id: string }[];
    for (const { id } of ids) {
      const order = await valueOf(orders.find(id));
      expect(order).not.toHaveProperty("setId");
      if (order) expect(await orders.save(order)).toStrictEqual(ok({ ...order, version: order.version + 1 }));
    }
    const [avatar] = await valueOf(avatars.listByOwner("telegram:0"));
    if (!avatar) throw new Error("there is no avatar");
    const { id: avatarId, ownerId } = avatar;
    expect(await orders.countPlaced("nobody", testStart)).toStrictEqual(ok({ active: 0, placed: 0 }));
    const before = await valueOf(orders.countPlaced(ownerId, testStart));
    const drawn = await valueOf(orders.save(anImageOrder("submitted", { avatarId, ownerId })));
    expect(await orders.listBySet(drawn.id)).toStrictEqual(ok([drawn]));
    expect(await orders.countPlaced(ownerId, testStart)).toStrictEqual(
      ok({ active: before.active + 1, placed: before.placed + 1 }),
    );
    const picture = await valueOf(pictures.save(aPicture({ id: drawn.id, avatarId, ownerId })));
    await valueOf(avatars.delete(avatarId));
    expect(await pictures.find(picture.id)).toStrictEqual(ok(undefined));
  });
});
