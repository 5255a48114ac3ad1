import { join } from "node:path";
import { silentLog, systemClock as clock, uuidV7 } from "@likeness/core";
import { aCharge, aPurchase, valueOf } from "@likeness/testing";
import { Api } from "grammy";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "./__fixtures__/temporary-folder.ts";
import { openAccounts } from "./open-accounts.ts";
import { openShop } from "./open-shop.ts";
import { openStorage } from "./storage/open-storage.ts";

const prices = { training: 100, image: 10, upscale: 5 };
const ada = "telegram:42";

const open = async () => {
  const file = join(await temporaryFolder(), "likeness.db");
  const storage = await openStorage({ type: "sqlite", file }, clock, silentLog);
  onTestFinished(() => storage.close());
  return storage;
};

describe("openShop", () => {
  it("keeps payments, refunds and support when nothing is sold any more", async () => {
    const storage = await open();
    const ports = {
      store: storage.store,
      clock,
      ids: uuidV7(clock),
      log: silentLog,
      allows: () => true,
      api: new Api("42:token"),
    };
    const settings = { packages: [], support: "@support", reconcileSeconds: 86_400 };
    const shop = openShop(settings, { ...ports, ...openAccounts(storage, { prices, clock }) });
    expect(shop?.sells).toBe(false);
    expect(Object.keys(shop?.handlers ?? {})).toStrictEqual(["payment.tell", "payment.refund", "payment.reconcile"]);
    expect(shop?.commands.map(({ command }) => command)).toStrictEqual(["balance", "paysupport"]);
  });
});

describe("openAccounts", () => {
  it.each([
    ["with prices", prices],
    ["when orders have become free", undefined],
  ])("reaches accounts and payments of an erased owner %s", async (_name, later) => {
    const storage = await open();
    const { credits: ledger, purchases: sold } = openAccounts(storage, { prices, clock });
    const { key, ...purchase } = aPurchase({ ownerId: ada });
    await valueOf(sold.open({ ...purchase, key }));
    await valueOf(sold.pay(aCharge(purchase)));

    const { credits, purchases } = openAccounts(storage, { prices: later, clock });
    const renamed = [await credits?.pseudonymise(ada, "someone"), await purchases.pseudonymise(ada, "someone")];
    expect(renamed.filter((answer) => answer?.isErr())).toStrictEqual([]);
    const amounts = async (ownerId: string) => [
      (await ledger?.balance(ownerId))?._unsafeUnwrap().balance,
      (await valueOf(sold.listPayments({ ownerId }, 10))).length,
    ];
    expect([await amounts(ada), await amounts("someone")]).toStrictEqual([
      [0, 0],
      [10, 1],
    ]);
  });
});
