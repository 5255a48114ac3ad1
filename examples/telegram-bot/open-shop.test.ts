import { join } from "node:path";
import { silentLog, systemClock as clock, uuidV7 } from "@likeness/core";
import { aCharge, aPurchase, recordingLog, valueOf } from "@likeness/testing";
import { Api, Bot } from "grammy";
import type { UserFromGetMe } from "grammy/types";
import { okAsync } from "neverthrow";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "./__fixtures__/temporary-folder.ts";
import { openAccounts } from "./open-accounts.ts";
import { openShop } from "./open-shop.ts";
import { openStorage } from "./storage/open-storage.ts";

const prices = { training: 100, image: 10, upscale: 5 };
const ada = "telegram:42";

const botInfo = { id: 42, is_bot: true, first_name: "Bot", username: "bot" } as UserFromGetMe;

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
      guards: { allows: () => true, takesOrders: () => okAsync(undefined) },
      api: new Api("42:token"),
    };
    const settings = { packages: [], support: "@support", reconcileSeconds: 86_400 };
    const shop = openShop(settings, { ...ports, ...openAccounts(storage, { prices, clock }) });
    expect(shop.sells).toBe(false);
    expect(Object.keys(shop.handlers)).toStrictEqual(["payment.tell", "payment.refund", "payment.reconcile"]);
    expect(shop.commands.map(({ command }) => command)).toStrictEqual(["balance", "paysupport"]);
  });

  it("keeps and credits a payment that comes when orders have become free, says it to the operator, and sells nothing", async () => {
    const storage = await open();
    const log = recordingLog();
    const sold = openAccounts(storage, { prices, clock });
    const { key, ...purchase } = aPurchase({ ownerId: ada });
    await valueOf(sold.purchases.open({ ...purchase, key }));

    const guards = { allows: () => true, takesOrders: () => okAsync(undefined) };
    const bot = new Bot("42:token", { botInfo });
    const ports = { store: storage.store, clock, ids: uuidV7(clock), log, guards, api: bot.api };
    const shop = openShop(undefined, { ...ports, ...openAccounts(storage, { prices: undefined, clock }) });
    expect([shop.sells, shop.commands]).toStrictEqual([false, []]);
    const passedOn: unknown[] = [];
    bot.use(shop, ({ update }) => void passedOn.push(update.update_id));
    const chat = { id: 42, type: "private", first_name: "Ada" } as const;
    const message = { message_id: 1, date: 1, chat, from: { id: 42, is_bot: false, first_name: "Ada" } };
    const payment = {
      currency: "XTR",
      total_amount: purchase.amount,
      invoice_payload: `v1:${purchase.id}`,
      telegram_payment_charge_id: "late",
      provider_payment_charge_id: "",
    };
    await bot.handleUpdate({ update_id: 1, message: { ...message, successful_payment: payment } });
    await bot.handleUpdate({ update_id: 2, message: { ...message, text: "/buy" } });
    expect(passedOn).toStrictEqual([2]);
    expect((await valueOf(sold.purchases.listPayments({ ownerId: ada }, 10)))[0]).toMatchObject({ state: "booked" });
    expect((await sold.credits?.balance(ada))?._unsafeUnwrap().balance).toBe(purchase.credits);
    expect(log.entries.filter(({ level }) => level === "error")).toMatchObject([
      { fields: { actor: ada, chargeId: "late", stars: purchase.amount } },
    ]);
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
    expect(JSON.stringify([await credits?.statement(ada), await purchases.statement(ada)])).toContain('"top_up"');
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
