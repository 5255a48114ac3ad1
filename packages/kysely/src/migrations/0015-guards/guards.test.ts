import { aTraining, anImageOrder, testStart, valueOf } from "@likeness/testing";
import { ok, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { formerStatements } from "../../__fixtures__/former-tables/former-statements.ts";
import { migratingEngines, rowsOf, run } from "../../__fixtures__/migrating-engines.ts";
import { kyselyStore } from "../../store/kysely-store.ts";
import { migrate } from "../migrate.ts";

const step = "0015-guards";
const jobless = { jobs: () => ({ enqueue: () => okAsync(undefined) }) };

describe.each(migratingEngines)(`${step} on $engine`, ({ engine, steps, empty }) => {
  it("counts every order that was there, of any kind, and has spent nothing", async () => {
    const db = await empty();
    await run(db, ...formerStatements(engine, "0003-late-results"));
    const former = Object.fromEntries(Object.entries(steps).filter(([name]) => name < step));
    await valueOf(migrate(db, former));
    const stood = (await rowsOf(db, "select id from likeness_order order by id")) as { readonly id: string }[];
    const [first, second] = stood.map(({ id }) => id);
    await run(db, `update likeness_order set set_id = '${first}' where id in ('${first}', '${second}')`);
    await valueOf(migrate(db, Object.fromEntries(Object.entries(steps).filter(([name]) => name <= step))));
    expect(await rowsOf(db, "select counted_as from likeness_order order by id")).toStrictEqual(
      stood.map(({ id }) => ({ counted_as: id === second ? first : id })),
    );
    expect(await rowsOf(db, "select day from likeness_spending")).toStrictEqual([]);
  });

  it("counts trainings and pictures from then on", async () => {
    const db = await empty();
    await run(db, ...formerStatements(engine, "0003-late-results"));
    await valueOf(migrate(db, steps));
    const { avatars, orders, guards } = kyselyStore(db, jobless);
    const [avatar] = await valueOf(avatars.listByOwner("telegram:0"));
    if (!avatar) throw new Error("there is no avatar");
    const of = { avatarId: avatar.id, ownerId: "telegram:new" };
    await valueOf(orders.save(anImageOrder("submitted", of)));
    await valueOf(orders.save(aTraining("failed", of)));
    expect(await orders.countPlaced(of.ownerId, testStart)).toStrictEqual(ok({ active: 1, placed: 2 }));
    expect([await guards.spentOn("2026-11-23"), await guards.paidWork()]).toStrictEqual([ok(0), ok(undefined)]);
  });
});
