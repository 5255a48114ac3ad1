import { aTraining, describeCredits, describeLedger, valueOf } from "@likeness/testing";
import { sql, type Kysely } from "kysely";
import { err, errAsync, fromSafePromise, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { transaction } from "../attempt.ts";
import type { Database } from "../database.ts";
import { migrate } from "../migrations/migrate.ts";
import { postgresMigrations } from "../postgres/postgres-migrations.ts";
import { emptiedPostgres, emptyPostgres, openPostgres, temporaryPostgres } from "../__fixtures__/temporary-postgres.ts";
import { temporarySqlite } from "../__fixtures__/temporary-sqlite.ts";
import { kyselyCredits } from "./kysely-credits.ts";

const price = 10;
const prices = { training: price, image: 4, upscale: 2 };
const ownerId = "telegram:42";

type Open = () => Promise<{ readonly db: Kysely<Database> }>;

/** How a database is opened of which only rows change, and one whose tables may change. */
const engines: [string, Open, Open][] = [
  ["SQLite", () => temporarySqlite(), () => temporarySqlite()],
  ["PostgreSQL", () => emptiedPostgres(), () => temporaryPostgres()],
];

for (const [engine, open] of engines) {
  const create = async () => kyselyCredits((await open()).db, { prices });
  describeCredits(
    `Kysely on ${engine}`,
    async () => {
      const credits = await create();
      return {
        credits,
        price,
        fund: (owner, amount) => valueOf(credits.topUp({ ownerId: owner, amount, reference: owner })),
      };
    },
    ["quote", "balance", "openHolds", "pseudonymise"],
  );
  describeLedger(`Kysely on ${engine}`, async () => ({ ledger: await create(), price }));
}

describe.each(engines)("kyselyCredits on %s", (_, open, openOwn) => {
  async function prepare() {
    const { db } = await open();
    const credits = kyselyCredits(db, { prices });
    await valueOf(credits.topUp({ ownerId, amount: 100, reference: "bought" }));
    const spendable = async () => {
      const { balance, held } = await valueOf(credits.balance(ownerId));
      return balance - held;
    };
    return { db, credits, spendable };
  }

  it("books in a transaction of its caller, and nothing of it is left when that rolls back", async () => {
    const { db, credits, spendable } = await prepare();
    const changed = (tx: Kysely<Database>) => {
      const within = credits.within(tx);
      return within
        .topUp({ ownerId, amount: 50, reference: "payment" })
        .andThen(() => within.reserve(aTraining("requested", { ownerId })));
    };
    const mind = await transaction(db, (tx) => changed(tx).andThen(() => errAsync("changed my mind" as const)));
    expect(mind).toStrictEqual(err("changed my mind"));
    expect(await spendable()).toBe(100);
    expect(await valueOf(credits.history(ownerId, { limit: 10 }))).toHaveLength(1);
    expect(await transaction(db, changed)).toStrictEqual(ok(undefined));
    expect(await spendable()).toBe(140);
  });

  it("keeps the price at which an order was reserved", async () => {
    const { db, credits, spendable } = await prepare();
    const order = aTraining("requested", { ownerId });
    await valueOf(credits.reserve(order));
    await valueOf(kyselyCredits(db, { prices: { ...prices, training: 90 } }).capture(order.id));
    expect(await spendable()).toBe(90);
  });

  it("holds nothing for an order that is free of charge, and none of a kind without a price", async () => {
    const { db, spendable } = await prepare();
    const free = kyselyCredits(db, { prices: { ...prices, training: 0 } });
    expect(await free.reserve(aTraining("requested", { ownerId: "telegram:poor" }))).toStrictEqual(ok(undefined));
    const strange = { ...aTraining("requested", { ownerId }), kind: "film" };
    const noPrice = { type: "credits-failure", cause: new Error("orders of the kind film have no price") };
    expect(await free.reserve(strange)).toStrictEqual(err(noPrice));
    expect(await free.quote({ actor: ownerId, kind: "film", count: 1 })).toStrictEqual(ok(undefined));
    expect(await spendable()).toBe(100);
  });

  it("says in a refusal what is missing", async () => {
    const { credits } = await prepare();
    const poor = aTraining("requested", { ownerId: "telegram:poor" });
    const detail = "10 credits are needed, 0 are free";
    expect(await credits.reserve(poor)).toStrictEqual(err({ type: "credits-refused", detail }));
    await valueOf(credits.refund({ ownerId: "telegram:poor", amount: 3, reference: "r" }));
    const owing = { type: "credits-refused", detail: `${detail}, and 3 are owed` };
    expect(await credits.reserve(poor)).toStrictEqual(err(owing));
  });

  it("does not read prices from what every object has", async () => {
    const { credits } = await prepare();
    expect(await credits.quote({ actor: ownerId, kind: "toString", count: 1 })).toStrictEqual(ok(undefined));
  });

  it("returns that the tables are missing", async () => {
    const { db } = await openOwn();
    const credits = kyselyCredits(db, { prices });
    for (const table of ["entry", "hold", "account"])
      await sql`drop table ${sql.ref(`likeness_credit_${table}`)}`.execute(db);
    const failed = err({ type: "credits-failure", cause: expect.any(Error) });
    const order = aTraining("requested", { ownerId });
    expect(await credits.reserve(order)).toStrictEqual(failed);
    expect(await credits.capture(order.id)).toStrictEqual(failed);
    expect(await credits.release(order.id)).toStrictEqual(failed);
    expect(await credits.balance(ownerId)).toStrictEqual(failed);
    expect(await credits.openHolds("2026-01-01T00:00:00.000Z", 1)).toStrictEqual(failed);
    expect(await credits.topUp({ ownerId, amount: 1, reference: "r" })).toStrictEqual(failed);
    expect(await credits.history(ownerId, { limit: 1 })).toStrictEqual(failed);
    expect(await credits.pseudonymise(ownerId, "someone")).toStrictEqual(failed);
  });

  it("keeps an account from being written by hand into what cannot be", async () => {
    const { db, credits } = await prepare();
    await valueOf(credits.reserve(aTraining("requested", { ownerId })));
    for (const wrong of ["balance = 9", "held = -1", "owed = -1", "held = 101"])
      await expect(sql`update likeness_credit_account set ${sql.raw(wrong)}`.execute(db)).rejects.toThrow(/check/i);
    await expect(sql`update likeness_credit_hold set state = 'captured'`.execute(db)).rejects.toThrow(/check/i);
    await expect(sql`delete from likeness_credit_account`.execute(db)).rejects.toThrow(/foreign key/i);
  });
});

describe("kyselyCredits", () => {
  it.each([-1, 0.5, Number.NaN, Infinity, 2 ** 40])("throws for a price of %s", async (wrong) => {
    const { db } = await temporarySqlite();
    expect(() => kyselyCredits(db, { prices: { ...prices, image: wrong } })).toThrow(RangeError);
  });

  it("works in a schema of PostgreSQL", async () => {
    const { db } = openPostgres(await emptyPostgres());
    await sql`create schema portraits`.execute(db);
    const within = db.withSchema("portraits");
    await valueOf(migrate(within, postgresMigrations));
    const credits = kyselyCredits(within, { prices });
    await valueOf(credits.topUp({ ownerId, amount: 10, reference: "bought" }));
    const order = aTraining("requested", { ownerId });
    await valueOf(credits.reserve(order));
    await valueOf(credits.capture(order.id));
    await valueOf(credits.pseudonymise(ownerId, "someone"));
    expect(await valueOf(credits.history("someone", { limit: 10 }))).toHaveLength(2);
  });

  it("lets its caller's transaction be repeated when PostgreSQL ended it because of a deadlock", async () => {
    const { db } = await emptiedPostgres();
    const credits = kyselyCredits(db, { prices });
    const both = new Set<string>();
    let runs = 0;
    let meet = (): void => undefined;
    const met = new Promise<void>((resolve) => (meet = resolve));
    const bookFor = (first: string, second: string) =>
      transaction(db, (tx) => {
        runs++;
        const top = (owner: string) =>
          credits.within(tx).topUp({ ownerId: owner, amount: 1, reference: `${first}:${owner}` });
        return top(first)
          .andThrough(() => {
            if (both.add(first).size === 2) meet();
            return fromSafePromise(met);
          })
          .andThen(() => top(second));
      });
    await valueOf(credits.topUp({ ownerId: "one", amount: 1, reference: "one" }));
    await valueOf(credits.topUp({ ownerId: "other", amount: 1, reference: "other" }));
    const booked = await Promise.all([bookFor("one", "other"), bookFor("other", "one")]);
    expect(booked.map((each) => each.isOk())).toStrictEqual([true, true]);
    expect(runs).toBe(3);
    for (const owner of ["one", "other"]) expect(await valueOf(credits.balance(owner))).toMatchObject({ balance: 3 });
  });
});
