import { testDatabases } from "@likeness/test-postgres/test-databases.ts";
import { aCharge, aPurchase, testStart, valueOf } from "@likeness/testing";
import { systemClock } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { ada, done, openDatabase, operatorCommand, refused, sqlite } from "./__fixtures__/operator.ts";
import { purchasesOf } from "./refund/purchases-of.ts";

const refund = operatorCommand("refund");
const newDatabase = testDatabases();

describe("npm run refund", { timeout: 400_000 }, () => {
  it.each([
    ["SQLite", sqlite],
    ["PostgreSQL", newDatabase],
  ])("lists what needs an operator, and orders a refund for the bot, on %s", async (_name, newUrl) => {
    const url = await newUrl();
    const { db, jobsWithin } = await openDatabase(url);
    const purchases = purchasesOf({ db, jobsWithin, clock: systemClock });
    expect(await refund(url)).toStrictEqual(done("There are no payments that need an operator.\n"));
    const purchase = aPurchase({ ownerId: ada });
    await valueOf(purchases.open(purchase));
    const charge = aCharge(purchase, { chargeId: "st-charge" });
    await valueOf(purchases.pay(charge));
    await valueOf(purchases.askRefund({ chargeId: "st-charge", ownerId: ada, at: testStart }));
    expect(await refund(url)).toStrictEqual(
      done(
        `st-charge  ${testStart}  50 Stars, 10 credits, of ${ada}: its owner asked for the money at ${testStart}\n` +
          "npm run refund -- <charge id> gives one back. Shown are the newest, 100 at most.\n",
      ),
    );
    const ordered = `Ordered: the bot gives 50 Stars back to ${ada} and tells them. The payment: st-charge\n`;
    expect(await refund(url, ["st-charge"])).toStrictEqual(done(ordered));
    await valueOf(purchases.refunded({ ...charge, at: testStart }));
    expect(await refund(url, ["st-charge"])).toStrictEqual(
      done(`Nothing to do: st-charge was given back at ${testStart}.\n`),
    );
    expect(await refund(url, ["unknown"])).toStrictEqual(
      refused(
        "There is no payment unknown. If Telegram has it, the bot stores it when it compares the payments next.\n",
      ),
    );
  });
});
