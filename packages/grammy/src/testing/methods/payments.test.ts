import type { Api } from "grammy";
import type { LabeledPrice } from "grammy/types";
import { describe, expect, it } from "vitest";
import { refusalOf, startedFake } from "../__fixtures__/served-fake.ts";
import { until } from "../__fixtures__/until.ts";

const price = [{ label: "10 credits", amount: 50 }];
const buy = { start_parameter: "buy" };

/** A fake with an invoice in Ada's chat, and what the bot does about it. */
async function sold(other: { readonly start_parameter?: string } = buy) {
  const bench = await startedFake();
  const { message_id: messageId } = await bench.api.sendInvoice(
    42,
    "10 credits",
    "For pictures",
    "v1:a",
    "XTR",
    price,
    other,
  );
  return { ...bench, messageId };
}

type Invalid = [name: string, given: InvoiceParameters, why: string];
type InvoiceParameters = [string, string, string, string, LabeledPrice[], Parameters<Api["sendInvoice"]>[6]?];

type Sold = Awaited<ReturnType<typeof sold>>;

async function paid({ ada, api }: Sold) {
  const { id = "", outcome } = ada.pays();
  await api.answerPreCheckoutQuery(id, true);
  const answer = await outcome;
  if (answer.type !== "paid") throw new Error(`the payment is ${answer.type}`);
  return answer;
}

describe("an invoice in Stars", () => {
  it("shows what is sold and a button that pays, and never its payload", async () => {
    const { api, ada, messageId } = await sold();
    expect(ada.chat().at(-1)).toMatchObject({
      id: messageId,
      invoice: { title: "10 credits", description: "For pictures", stars: 50 },
      buttons: [[{ text: "Pay ⭐50", pay: true }]],
    });
    const { invoice, ...message } = await api.sendInvoice(42, "T", "D", "secret", "XTR", price);
    expect(invoice).toStrictEqual({
      title: "T",
      description: "D",
      start_parameter: "",
      currency: "XTR",
      total_amount: 50,
    });
    expect(JSON.stringify([message, ada.chat()])).not.toContain("secret");
  });

  it.each([
    ["no title", ["", "D", "P", "XTR", price], "INVOICE_TITLE_INVALID"],
    ["a title of 33 characters", ["😀".repeat(33), "D", "P", "XTR", price], "INVOICE_TITLE_INVALID"],
    ["a description of 256", ["T", "D".repeat(256), "P", "XTR", price], "INVOICE_DESCRIPTION_INVALID"],
    ["a payload of 129 bytes", ["T", "D", `${"я".repeat(64)}P`, "XTR", price], "INVOICE_PAYLOAD_INVALID"],
    ["another currency", ["T", "D", "P", "USD", price], "PAYMENT_PROVIDER_INVALID"],
    ["two prices", ["T", "D", "P", "XTR", [...price, ...price]], "STARS_INVOICE_INVALID"],
    ["a price of nothing", ["T", "D", "P", "XTR", [{ label: "L", amount: 0 }]], "STARS_INVOICE_INVALID"],
    ["half a Star", ["T", "D", "P", "XTR", [{ label: "L", amount: 0.5 }]], "can't parse prices JSON object"],
    ["tips", ["T", "D", "P", "XTR", price, { max_tip_amount: 5 }], "STARS_INVOICE_INVALID"],
    [
      "a keyboard without Pay",
      ["T", "D", "P", "XTR", price, { reply_markup: { inline_keyboard: [[{ text: "Go", callback_data: "go" }]] } }],
      "BUTTON_TYPE_INVALID",
    ],
  ] satisfies Invalid[])("is refused with %s", async (_, given, why) => {
    const { api } = await startedFake();
    const [title, description, payload, currency, prices, other] = given;
    const sent = api.sendInvoice(42, title, description, payload, currency, prices, other);
    await expect(refusalOf(sent)).resolves.toStrictEqual({
      error_code: 400,
      description: `Bad Request: ${why}`,
    });
  });

  it("is also a link", async () => {
    const { api, ada } = await startedFake();
    const link = await api.createInvoiceLink("T", "D", "P", "", "XTR", price);
    const { id = "", outcome } = ada.pays({ link });
    await api.answerPreCheckoutQuery(id, true);
    await expect(outcome).resolves.toMatchObject({ type: "paid" });
    await expect(
      refusalOf(api.createInvoiceLink("T", "D", "P", "", "XTR", price, { subscription_period: 2_592_000 })),
    ).resolves.toMatchObject({ error_code: 400 });
  });
});

describe("a payment", () => {
  it("asks the bot, takes the Stars and tells the bot", async () => {
    const bench = await sold();
    const { ada, api, fake } = bench;
    const { chargeId, messageId } = await paid(bench);
    const updates = fake.control.updates.slice(-2);
    expect(updates).toMatchObject([
      { pre_checkout_query: { from: { id: 42 }, currency: "XTR", total_amount: 50, invoice_payload: "v1:a" } },
      {
        message: {
          message_id: messageId,
          from: { id: 42 },
          chat: { id: 42, type: "private" },
          successful_payment: {
            currency: "XTR",
            total_amount: 50,
            invoice_payload: "v1:a",
            telegram_payment_charge_id: chargeId,
          },
        },
      },
    ]);
    expect(ada.chat().at(-1)?.payment).toStrictEqual({ type: "paid", stars: 50, chargeId });
    await expect(api.getMyStarBalance()).resolves.toStrictEqual({ amount: 50 });
  });

  it("can be made twice, each time with a charge of its own", async () => {
    const bench = await sold();
    const [one, two] = [await paid(bench), await paid(bench)];
    expect(one.chargeId).not.toBe(two.chargeId);
    await expect(bench.api.getMyStarBalance()).resolves.toStrictEqual({ amount: 100 });
  });

  it("takes nothing when the bot refuses, and shows why", async () => {
    const { api, ada, fake } = await sold();
    const { id = "", outcome } = ada.pays();
    await expect(refusalOf(api.answerPreCheckoutQuery(id, false))).resolves.toMatchObject({ error_code: 400 });
    await api.answerPreCheckoutQuery(id, false, { error_message: "Sold out" });
    await expect(outcome).resolves.toStrictEqual({ type: "refused", text: "Sold out" });
    await expect(refusalOf(api.answerPreCheckoutQuery(id, true))).resolves.toMatchObject({ error_code: 400 });
    expect(fake.control.stars).toStrictEqual([]);
  });

  it("takes nothing when the bot does not answer within ten seconds", async () => {
    const { api, ada, clock, fake } = await sold();
    const { id = "", outcome } = ada.pays();
    await clock.advance(10);
    await expect(outcome).resolves.toStrictEqual({ type: "timeout" });
    await expect(refusalOf(api.answerPreCheckoutQuery(id, true))).resolves.toStrictEqual({
      error_code: 400,
      description: "Bad Request: query is too old and response timeout expired or query ID is invalid",
    });
    expect(fake.control.stars).toStrictEqual([]);
  });

  it("is made by others from a forwarded copy without a start parameter, and opens the bot with one", async () => {
    const open = await sold({});
    const brook = open.fake.control.person(43, { firstName: "Brook" });
    const { id = "", outcome } = brook.pays({ forwardedBy: 42, messageId: open.messageId });
    await open.api.answerPreCheckoutQuery(id, true);
    await expect(outcome).resolves.toMatchObject({ type: "paid" });
    expect(open.fake.control.updates.at(-1)).toMatchObject({ message: { chat: { id: 43 } } });

    const closed = await sold();
    const other = closed.fake.control.person(43).pays({ forwardedBy: 42, messageId: closed.messageId });
    await expect(other.outcome).resolves.toStrictEqual({ type: "opened-bot" });
    expect(closed.fake.control.updates.at(-1)).toMatchObject({ message: { chat: { id: 43 }, text: "/start buy" } });
  });

  it("is lost for the bot after an outage of a day, and stays in the list of transactions", async () => {
    const bench = await sold();
    const { chargeId } = await paid(bench);
    await bench.clock.advance(30 * 3600);
    await expect(bench.api.getUpdates()).resolves.toStrictEqual([]);
    await expect(bench.api.getStarTransactions({})).resolves.toMatchObject({
      transactions: [
        {
          id: chargeId,
          amount: 50,
          source: { type: "user", transaction_type: "invoice_payment", user: { id: 42 }, invoice_payload: "v1:a" },
        },
      ],
    });
  });

  it("reaches no bot that has not asked for it", async () => {
    const { api, ada, fake } = await sold();
    await api.getUpdates({ allowed_updates: ["message"] });
    const before = fake.control.updates.length;
    ada.pays();
    expect(fake.control.updates).toHaveLength(before);
  });

  it("can be played over HTTP", async () => {
    const { url, api, fake } = await sold();
    const post = async (command: string, body: object) =>
      (await fetch(`${url}/_control/${command}`, { method: "POST", body: JSON.stringify(body) })).json();
    const { answer } = await post("pays", { person: 42 });
    await api.answerPreCheckoutQuery(answer.id, true);
    const [{ id } = { id: "" }] = fake.control.stars;
    await until(() => expect(id).toMatch(/^st/));
    await expect(post("refund", { chargeId: id })).resolves.toMatchObject({ ok: true });
    const view = async (name: string) => (await fetch(`${url}/_control/${name}`)).json();
    await expect(view("stars")).resolves.toMatchObject({ stars: [{ type: "payment" }, { type: "refund" }] });
    await expect(view("checkouts?person=42")).resolves.toMatchObject({ checkouts: [{ outcome: { type: "paid" } }] });
  });
});

describe("a refund", () => {
  it("gives everything back once, under the same id, and says so in the chat", async () => {
    const bench = await sold();
    const { api, ada, fake } = bench;
    const { chargeId } = await paid(bench);
    await expect(api.refundStarPayment(42, chargeId)).resolves.toBe(true);
    expect(ada.chat().at(-1)?.payment).toStrictEqual({ type: "refunded", stars: 50, chargeId });
    expect(fake.control.updates.at(-1)).toMatchObject({
      message: { chat: { id: 42 }, refunded_payment: { currency: "XTR", telegram_payment_charge_id: chargeId } },
    });
    await expect(refusalOf(api.refundStarPayment(42, chargeId))).resolves.toStrictEqual({
      error_code: 400,
      description: "Bad Request: CHARGE_ALREADY_REFUNDED",
    });
    await expect(api.getStarTransactions({ offset: 1, limit: 1 })).resolves.toMatchObject({
      transactions: [{ id: chargeId, receiver: { user: { id: 42 } } }],
    });
    await expect(api.getMyStarBalance()).resolves.toStrictEqual({ amount: 0 });
  });

  it("names the person who paid", async () => {
    const bench = await sold();
    const { chargeId } = await paid(bench);
    for (const [userId, id] of [
      [43, chargeId],
      [42, "unknown"],
      [42, ""],
    ] as const)
      await expect(refusalOf(bench.api.refundStarPayment(userId, id))).resolves.toMatchObject({ error_code: 400 });
  });

  it("comes from Telegram, too", async () => {
    const bench = await sold();
    const { chargeId } = await paid(bench);
    bench.fake.control.refund(chargeId);
    expect(bench.fake.control.updates.at(-1)).toMatchObject({ message: { refunded_payment: {} } });
    expect(() => bench.fake.control.refund(chargeId)).toThrow("There is no payment");
  });
});
