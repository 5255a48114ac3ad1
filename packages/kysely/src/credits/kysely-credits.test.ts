import { aTraining, valueOf } from "@likeness/testing";
import { ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { emptiedPostgres } from "../__fixtures__/temporary-postgres.ts";
import { temporarySqlite } from "../__fixtures__/temporary-sqlite.ts";
import { kyselyCredits } from "./kysely-credits.ts";

const prices = { training: 100, image: 10, upscale: 5 };
const ownerId = "telegram:42";

describe.each([
  ["SQLite", temporarySqlite],
  ["PostgreSQL", emptiedPostgres],
])("kyselyCredits on %s", (_, open) => {
  it("pays what is owed first from what is added, and holds nothing until then", async () => {
    const { db } = await open();
    const credits = kyselyCredits(db, { prices });
    await valueOf(credits.topUp({ ownerId, amount: 150, reference: "first" }));
    const order = aTraining("requested", { ownerId });
    await valueOf(credits.reserve(order));
    const refunded = await valueOf(credits.refund({ ownerId, amount: 150, reference: "first" }));
    expect(refunded).toMatchObject({ type: "new", entry: { amount: -50, owed: 100 } });
    expect(await credits.balance(ownerId)).toStrictEqual(ok({ balance: 100, held: 100, owed: 100, unit: "credits" }));
    await valueOf(credits.capture(order.id));
    await valueOf(credits.topUp({ ownerId, amount: 120, reference: "second" }));
    expect(await credits.balance(ownerId)).toStrictEqual(ok({ balance: 20, held: 0, owed: 0, unit: "credits" }));
    const entries = await valueOf(credits.history(ownerId, { limit: 10 }));
    expect(entries.map(({ kind, amount, owed, reference }) => [kind, amount, owed, reference])).toStrictEqual([
      ["debt", -100, -100, "top_up:second"],
      ["top_up", 120, 0, "second"],
      ["capture", -100, 0, order.id],
      ["refund", -50, 100, "first"],
      ["top_up", 150, 0, "first"],
    ]);
  });
});
