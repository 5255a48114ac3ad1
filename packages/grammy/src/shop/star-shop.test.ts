import { addSeconds, type Credits, type Job } from "@likeness/core";
import { aCharge, anOwner, aPurchase, aTraining, memoryCredits, memoryPurchases, valueOf } from "@likeness/testing";
import { errAsync, ok, okAsync, ResultAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { words } from "../chat/__fixtures__/words.ts";
import { packages, shopStage } from "./__fixtures__/shop-stage.ts";

type Stage = Awaited<ReturnType<typeof shopStage>>;

const payments = ({ purchases }: Stage) => valueOf(purchases.listPayments({ ownerId: "telegram:42" }, 10));

const paid = async (stage: Stage) => {
  await stage.invoice();
  const outcome = await stage.pays();
  if (outcome.type !== "paid") throw new Error(`the payment is ${outcome.type}`);
  return outcome;
};

describe("/buy", () => {
  it("shows every package as a button, and sends an invoice for the one that is pressed", async () => {
    const stage = await shopStage({ terms: "https://bot.example/terms" });
    await stage.says("/buy");
    const [shown] = stage.ada.chat().slice(-1);
    expect(shown?.text).toContain("https://bot.example/terms");
    expect(shown?.buttons.flat().map(({ text }) => text)).toStrictEqual([
      "10 credits for 50 ⭐",
      "30 credits for 120 ⭐",
    ]);
    expect(await stage.presses("30 credits for 120 ⭐")).toBeUndefined();
    expect(stage.ada.chat().at(-1)).toMatchObject({
      invoice: { title: "30 credits", stars: 120 },
      buttons: [[{ text: "Pay ⭐120", pay: true }]],
    });
    const sent = stage.fake.control.calls.find(({ method }) => method === "sendInvoice");
    expect(sent?.payload).toMatchObject({
      payload: expect.stringMatching(/^v1:[\w-]{36}$/),
      provider_token: "",
      currency: "XTR",
      prices: [{ label: "30 credits", amount: 120 }],
      start_parameter: "buy",
    });
  });

  it("asks for the price of a picture of the usual shape, and sells without prices when that fails", async () => {
    const asked: unknown[] = [];
    let isDown = false;
    const quote: NonNullable<Credits["quote"]> = ({ kind, size }) => {
      asked.push([kind, size]);
      return isDown
        ? errAsync({ type: "credits-failure", cause: "on purpose" })
        : okAsync({ amount: size ? 7 : 9, unit: "credits" });
    };
    const stage = await shopStage({ credits: { quote } });
    await stage.says("/buy");
    expect(asked).toStrictEqual([
      ["training", undefined],
      ["image", { width: 880, height: 1_104 }],
      ["upscale", { width: 1_760, height: 2_208 }],
    ]);
    expect(stage.newest()).toContain("Making a picture larger: 7 credits");
    expect(stage.newest()).toContain("7 credits");
    isDown = true;
    await stage.says("/buy");
    const shown = stage.ada.chat().at(-1);
    expect(shown?.text).not.toContain("7 credits");
    expect(shown?.buttons).toHaveLength(2);
    expect(stage.log.entries.filter(({ level }) => level === "warn")).toMatchObject([
      { message: "packages are shown without prices", fields: { actor: "telegram:42" } },
    ]);
  });

  it("is used up by the first press, whichever button it is", async () => {
    const stage = await shopStage();
    await stage.says("/buy");
    const messageId = stage.ada.chat().at(-1)?.id ?? 0;
    await stage.presses("10 credits for 50 ⭐");
    for (const data of ["stars:buy:10:50", "stars:buy:30:120"]) {
      const { answer } = stage.ada.forges(data, messageId);
      await stage.handle();
      expect((await answer).text).toBe("This button is out of date. Please use a newer message, or /start.");
    }
    expect(stage.ada.chat().filter(({ invoice }) => invoice)).toHaveLength(1);
    expect(stage.ada.chat().find(({ id }) => id === messageId)?.buttons).toStrictEqual([]);
  });

  it("sends the invoice that a press could not bring, when the press is handled again", async () => {
    const stage = await shopStage();
    await stage.says("/buy");
    stage.fake.control.fault({ method: "sendInvoice", answer: "drop" });
    await stage.presses("10 credits for 50 ⭐");
    await stage.pass(3);
    await stage.handle();
    expect(stage.ada.chat().filter(({ invoice }) => invoice)).toHaveLength(1);
  });

  it("says that there was trouble when Telegram refuses a message or an invoice", async () => {
    const stage = await shopStage();
    const trouble = "Something went wrong on our side. Nothing is lost. Please try again in a moment.";
    const refusal = { error_code: 400, description: "Bad Request: STARS_INVOICE_INVALID" };
    for (const command of ["/buy", "/balance", "/paysupport"]) {
      stage.fake.control.fault({ method: "sendMessage", answer: refusal });
      await stage.says(command);
      expect(stage.newest()).toBe(trouble);
    }
    await stage.says("/buy");
    stage.fake.control.fault({ method: "sendInvoice", answer: refusal });
    expect(await stage.presses("10 credits for 50 ⭐")).toBe(trouble);
  });

  it("sells nothing to somebody whom the bot is not for, who may still ask for money back", async () => {
    let isOpen = true;
    const stage = await shopStage({ allows: ({ actor }) => isOpen || actor !== "telegram:42" });
    await stage.invoice();
    await stage.says("/buy");
    isOpen = false;
    const notForYou = /^This bot is private/;
    expect(await stage.presses("30 credits for 120 ⭐")).toBeUndefined();
    expect(stage.newest()).toMatch(notForYou);
    expect(await stage.pays()).toMatchObject({ type: "refused", text: expect.stringContaining("Nothing was paid") });
    await stage.says("/buy");
    expect(stage.newest()).toMatch(notForYou);
    await stage.says("/paysupport");
    expect(stage.newest()).toContain("@support");
    isOpen = true;
    expect(await stage.pays()).toMatchObject({ type: "paid" });
  });

  it("sells nothing while nothing can be ordered, and lets no invoice be paid", async () => {
    let works = true;
    const off = () => errAsync({ type: "paid-work-off" } as const);
    const stage = await shopStage({ takesOrders: () => (works ? okAsync(undefined) : off()) });
    await stage.invoice();
    await stage.says("/buy");
    works = false;
    const closed = "Nothing is sold here at the moment. Please look again later.";
    expect(await stage.presses("30 credits for 120 ⭐")).toBeUndefined();
    expect(stage.newest()).toBe(closed);
    await stage.says("/buy");
    expect(stage.newest()).toBe(closed);
    expect(stage.ada.chat().filter(({ invoice }) => invoice)).toHaveLength(1);
    expect(await stage.pays()).toMatchObject({ type: "refused", text: expect.stringContaining("try again later") });
    works = true;
    expect(await stage.pays()).toMatchObject({ type: "paid" });
  });

  it("lets no invoice be paid that is older than a week, long before its purchase is deleted", async () => {
    const stage = await shopStage();
    await stage.invoice();
    await stage.clock.advance(7 * 86_400 + 1);
    expect(await stage.pays()).toMatchObject({ type: "refused", text: expect.stringContaining("no longer valid") });
  });

  it("nudges the jobs of all payments that wait for one, not only of the newest hundred", async () => {
    const stage = await shopStage();
    // Their jobs are lost.
    const purchases = memoryPurchases({ ledger: stage.ledger, jobs: { enqueue: () => okAsync(undefined) } });
    for (let number = 0; number < 120; number++) {
      const purchase = aPurchase();
      await valueOf(purchases.open(purchase));
      await valueOf(purchases.pay(aCharge(purchase, { chargeId: `charge-${number}` })));
    }
    const nudged: string[] = [];
    const { enqueue } = stage.store.jobs;
    const store = { ...stage.store, jobs: { enqueue: (job: Job) => (nudged.push(job.key), enqueue(job)) } };
    const { clock } = stage;
    const later = { ...clock, now: () => addSeconds(clock.now(), 601) };
    await stage.restart({ store, purchases, clock: later });
    const signal = new AbortController().signal;
    const job = { kind: "payment.reconcile", key: "once", payload: null, attempt: 1, signal };
    await stage.shop().handlers["payment.reconcile"]?.(job);
    expect(new Set(nudged).size).toBe(120);
  });

  it("takes no package that is not sold, whatever the button says", async () => {
    const stage = await shopStage();
    await stage.says("/buy");
    for (const data of ["stars:buy:1000:1", "stars:buy:10:1", "stars:buy:x:y", "stars:future"]) {
      const { answer } = stage.ada.forges(data);
      await stage.handle();
      expect((await answer).text).toContain("out of date");
    }
    expect(stage.ada.chat().filter(({ invoice }) => invoice)).toStrictEqual([]);
  });

  it("says when nothing is sold", async () => {
    const stage = await shopStage({ packages: [] });
    await stage.says("/buy");
    expect(stage.newest()).toBe("Nothing is sold here at the moment. Please look again later.");
    expect(stage.shop().commands.map(({ command }) => command)).toStrictEqual(["balance", "paysupport"]);
  });

  it("says what the credits are good for, and what does not cost any is left out", async () => {
    const stage = await shopStage({ credits: memoryCredits({ prices: { training: 20, image: 1 } }) });
    await stage.says("/buy");
    expect(stage.newest()).toContain("\nTraining an avatar: 20 credits\nA picture: 1 credit");
    const other = await shopStage({ credits: memoryCredits({ prices: { training: 0, image: 2 } }) });
    await other.says("/buy");
    expect(other.newest()).toMatch(/at once\.\n\nA picture: 2 credits$/);
  });

  it("speaks Russian", async () => {
    const stage = await shopStage();
    stage.fake.control.person(42, { languageCode: "ru" });
    await stage.says("/buy");
    await stage.presses("10 кредитов за 50 ⭐");
    expect(stage.ada.chat().at(-1)?.invoice?.title).toBe("10 кредитов");
    await stage.pays();
    expect(stage.newest()).toBe("Спасибо! Оплачено: 50 звёзд. Начислено: 10 кредитов.\nТеперь у вас 10 кредитов.");
  });

  it("refuses a unit with which an invoice would have too long a title", async () => {
    const unit = "tokens of our gallery in the town";
    await expect(shopStage({ unit })).rejects.toThrow(`"10 ${unit}" is too long for an invoice`);
  });

  it("refuses packages that are a mistake", async () => {
    for (const wrong of [
      [{ credits: 0, stars: 5 }],
      [{ credits: 5, stars: 1.5 }],
      [{ credits: 5, stars: 100_001 }],
      [
        { credits: 5, stars: 1 },
        { credits: 5, stars: 2 },
      ],
    ])
      await expect(shopStage({ packages: wrong })).rejects.toThrow("package");
  });
});

describe("a payment", () => {
  it("adds what was bought, and says so", async () => {
    const stage = await shopStage();
    const { chargeId } = await paid(stage);
    expect(await stage.balance()).toBe(10);
    expect(stage.newest()).toBe("Thank you! 50 Stars paid, 10 credits added.\nYou now have 10 credits.");
    expect(await payments(stage)).toMatchObject([{ chargeId, state: "booked", credits: 10, told: true }]);
    expect(stage.passedOn).toStrictEqual([]);
  });

  it("leads back to the avatars in a bot that has them", async () => {
    const stage = await shopStage({ hasAvatars: true });
    await paid(stage);
    expect(stage.ada.chat().at(-1)?.buttons).toMatchObject([
      [{ text: "Show my avatars", data: expect.stringMatching(/^v1:avatars/) }],
    ]);
  });

  it("that is delivered twice is added and told once", async () => {
    const stage = await shopStage();
    await paid(stage);
    const update = stage.fake.control.updates.find(({ message }) => message?.successful_payment);
    const before = stage.said().length;
    stage.fake.control.deliverAgain(update?.update_id ?? 0);
    await stage.handle();
    // As another update, as after a week of silence.
    if (update) await stage.restart();
    await stage.handle();
    expect([await stage.balance(), stage.said().length]).toStrictEqual([10, before]);
  });

  it("that is made twice is added twice, and told", async () => {
    const stage = await shopStage();
    await paid(stage);
    await stage.pays();
    expect(await stage.balance()).toBe(20);
    expect(stage.newest()).toContain("This invoice had been paid before. Both payments count.");
  });

  it("for a price that has changed is not let through, and counts at the old one if it was", async () => {
    const stage = await shopStage();
    await stage.invoice();
    const { outcome, id = "" } = stage.ada.pays();
    await stage.api.answerPreCheckoutQuery(id, true);
    expect(await outcome).toMatchObject({ type: "paid" });
    await stage.restart({ packages: [{ credits: 10, stars: 70 }] });
    await stage.handle();
    expect(await stage.balance()).toBe(10);
    expect(await stage.pays()).toStrictEqual({
      type: "refused",
      text: "This offer is no longer valid. Nothing was paid. Please send /buy for a new one.",
    });
    expect(await stage.balance()).toBe(10);
  });

  it("for an invoice that is open when nothing is sold any more is added, given back and answered for", async () => {
    const offered = [...packages];
    const stage = await shopStage({ packages: offered });
    await stage.invoice();
    const { outcome, id = "" } = stage.ada.pays();
    await stage.api.answerPreCheckoutQuery(id, true);
    const payment = await outcome;
    offered.length = 0;
    await stage.handle();
    expect(await stage.balance()).toBe(10);
    const chargeId = payment.type === "paid" ? payment.chargeId : "";
    await stage.says("/paysupport");
    expect(stage.newest()).toContain(chargeId);
    await valueOf(stage.purchases.orderRefund({ chargeId, at: stage.clock.now() }));
    await stage.handle();
    expect(await stage.balance()).toBe(0);
  });

  it("of an invoice of another person is not let through, and is the payer's if it was", async () => {
    const stage = await shopStage();
    await stage.invoice();
    const brook = stage.fake.control.person(43, { firstName: "Brook", languageCode: "ru" });
    const payload = String(stage.fake.control.calls.find(({ method }) => method === "sendInvoice")?.payload["payload"]);
    const { api } = stage;
    const link = await api.createInvoiceLink("T", "D", payload, "", "XTR", [{ label: "L", amount: 50 }]);
    const { outcome } = brook.pays({ link });
    await stage.handle();
    expect(await outcome).toMatchObject({
      type: "refused",
      text: expect.stringContaining("Этот счёт выставлен не вам"),
    });
    const again = brook.pays({ link });
    stage.skip();
    await api.answerPreCheckoutQuery(again.id ?? "", true);
    await again.outcome;
    await stage.handle();
    expect([await stage.balance("telegram:42"), await stage.balance("telegram:43")]).toStrictEqual([0, 10]);
  });

  it("from a forwarded invoice leads to the bot, which shows what it sells", async () => {
    const stage = await shopStage();
    await stage.invoice();
    const invoice = stage.ada.chat().find((message) => message.invoice);
    const brook = stage.fake.control.person(43, { firstName: "Brook" });
    expect(await brook.pays({ forwardedBy: 42, messageId: invoice?.id ?? 0 }).outcome).toStrictEqual({
      type: "opened-bot",
    });
    await stage.handle();
    expect(brook.chat().at(-1)?.buttons.flat()).toHaveLength(packages.length);
  });

  it("with a foreign payload is refused, and kept for the operator if it was made", async () => {
    const stage = await shopStage();
    stage.ada.says("/start");
    const { api } = stage;
    await api.sendInvoice(42, "T", "D", "something else", "XTR", [{ label: "L", amount: 7 }]);
    expect(await stage.pays()).toMatchObject({ type: "refused" });
    stage.passedOn.length = 0;
    const { id = "", outcome } = stage.ada.pays();
    stage.skip();
    await api.answerPreCheckoutQuery(id, true);
    await outcome;
    await stage.handle();
    expect(await payments(stage)).toMatchObject([{ state: "unassigned", credits: 0, payload: "something else" }]);
    expect(await stage.balance()).toBe(0);
    expect(stage.newest()).toMatch(/^Your payment of 7 Stars arrived.*@support\. The payment:\nst/);
    expect(stage.log.entries).toContainEqual({
      level: "error",
      fields: { actor: "telegram:42", chargeId: expect.any(String), stars: 7 },
      message: "a payment cannot be assigned and waits for an operator",
    });
    expect(stage.passedOn).toStrictEqual([]);
  });

  it("with a foreign payload is the host's, where the host sells, too", async () => {
    const stage = await shopStage({ onlySeller: false });
    stage.ada.says("/start");
    const { api } = stage;
    await api.sendInvoice(42, "T", "D", "something else", "XTR", [{ label: "L", amount: 7 }]);
    const { id = "", outcome } = stage.ada.pays();
    await stage.handle();
    await api.answerPreCheckoutQuery(id, true);
    await outcome;
    await stage.handle();
    expect(stage.passedOn.map((update) => Object.keys(update)[1])).toStrictEqual([
      "message",
      "pre_checkout_query",
      "message",
    ]);
    await valueOf(stage.shop().reconcile());
    await stage.handle();
    expect(await payments(stage)).toStrictEqual([]);
  });

  it("is added when the store is back, and is not forgotten if that takes long", async () => {
    const other = await shopStage();
    await other.invoice();
    const { outcome: second } = other.ada.pays();
    const question = other.fake.control.updates.at(-1);
    if (!question) throw new Error("nobody asked");
    await other.shop().answerAtOnce(question);
    await second;
    other.purchases.setDown(true);
    await other.handle();
    expect(await other.balance()).toBe(0);
    other.purchases.setDown(false);
    await other.pass(61);
    await other.handle();
    expect(await other.balance()).toBe(10);
  });

  it("that could not be stored is added soon, though the next comparison is due tomorrow", async () => {
    const stage = await shopStage();
    await valueOf(stage.shop().reconcile());
    await stage.handle();
    await stage.invoice();
    const { outcome } = stage.ada.pays();
    await stage.shop().answerAtOnce(stage.fake.control.updates.at(-1) ?? { update_id: 0 });
    await outcome;
    stage.purchases.setDown(true);
    await stage.handle();
    stage.purchases.setDown(false);
    await stage.pass(61);
    expect(await stage.balance()).toBe(10);
  });

  it("is told by the next process when one is killed between payment and message", async () => {
    const stage = await shopStage();
    await stage.invoice();
    stage.fake.control.fault({ method: "sendMessage", chatId: 42, answer: "drop" });
    await stage.pays();
    expect(await stage.balance()).toBe(10);
    expect(stage.said().filter((text) => text.startsWith("Thank you"))).toHaveLength(0);
    await stage.restart();
    await stage.pass(40);
    await stage.handle();
    expect(stage.said().filter((text) => text.startsWith("Thank you"))).toHaveLength(1);
    expect(await payments(stage)).toMatchObject([{ told: true }]);
  });
});

describe("the question before a payment", () => {
  it("is answered with no while the database is down, and nothing is paid", async () => {
    const stage = await shopStage();
    await stage.invoice();
    stage.setDown(true);
    expect(await stage.pays()).toStrictEqual({
      type: "refused",
      text: "The payment cannot be taken at the moment. Nothing was paid. Please try again later.",
    });
    expect(stage.fake.control.stars).toStrictEqual([]);
    stage.setDown(false);
    expect(await stage.pays()).toMatchObject({ type: "paid" });
  });

  it("is refused in the language that was chosen in /settings, and what comes of a payment is told in it", async () => {
    const stage = await shopStage();
    await paid(stage);
    await valueOf(stage.store.owners.save(anOwner({ id: "telegram:42", locale: "kk" })));
    await stage.restart({ packages: [] });
    expect(await stage.pays()).toStrictEqual({
      type: "refused",
      text: "Бұл ұсыныс енді жарамсыз. Ештеңе төленбеді. Жаңасын алу үшін /buy жіберіңіз.",
    });
    const chargeId = (await payments(stage))[0]?.chargeId ?? "";
    await valueOf(stage.purchases.orderRefund({ chargeId, at: stage.clock.now() }));
    await stage.handle();
    expect(stage.newest()).toContain("Сізге қайтарылды: 50 жұлдыз.");
  });

  it.each([
    ["kk-KZ", "kk"],
    ["ru-UA", "ru"],
    ["pt", "en"],
    [undefined, "en"],
  ])("is refused, and what comes of a payment told, to a person of %s in %s", async (languageCode, locale) => {
    const stage = await shopStage();
    const person = stage.fake.control.person(77, { languageCode });
    await stage.says("/buy", person);
    person.presses({ text: words(locale, "button.package", { credits: { amount: 10, unit: "credits" }, stars: 50 }) });
    await stage.handle();
    const { outcome } = person.pays();
    await stage.handle();
    expect(await outcome).toMatchObject({ type: "paid" });
    const balance = { balance: 10, held: 0, owed: 0, unit: "credits" };
    const bought = { stars: 50, credits: { amount: 10, unit: "credits" }, again: false, balance };
    expect(stage.newest(person)).toBe(words(locale, "payment.booked", bought));
    stage.setDown(true);
    const again = person.pays();
    await stage.handle();
    expect(await again.outcome).toStrictEqual({ type: "refused", text: words(locale, "toast.checkout-trouble") });
    stage.setDown(false);
  });

  it("is answered within two seconds by a database that does not answer", async () => {
    const stage = await shopStage();
    await stage.invoice();
    const hanging = new ResultAsync<never, never>(new Promise(() => undefined));
    await stage.restart({ purchases: { ...stage.purchases, find: () => hanging } });
    const { outcome } = stage.ada.pays();
    const answered = stage.shop().answerAtOnce(stage.fake.control.updates.at(-1) ?? { update_id: 0 });
    await stage.clock.advance(1.5);
    await answered;
    expect(await outcome).toMatchObject({ type: "refused", text: expect.stringContaining("at the moment") });
  });

  it("is asked of the store once, and waits for nothing else", async () => {
    const stage = await shopStage();
    await stage.invoice();
    let asked = 0;
    const { find } = stage.purchases;
    const other = () => {
      throw new Error("something else was asked");
    };
    const only = Object.fromEntries(Object.keys(stage.purchases).map((name) => [name, other]));
    await stage.restart({
      purchases: {
        ...(only as unknown as typeof stage.purchases),
        find: (id) => find(id).andTee(() => void (asked += 1)),
      },
      store: {} as typeof stage.store & { sessions: never },
    });
    const { outcome } = stage.ada.pays();
    await stage.shop().answerAtOnce(stage.fake.control.updates.at(-1) ?? { update_id: 0 });
    expect([await outcome, asked]).toMatchObject([{ type: "paid" }, 1]);
  });

  it("is answered again when Telegram did not take the answer", async () => {
    const stage = await shopStage();
    await stage.invoice();
    stage.fake.control.fault({ method: "answerPreCheckoutQuery", answer: { error_code: 502 } });
    const { outcome } = stage.ada.pays();
    const answered = stage.shop().answerAtOnce(stage.fake.control.updates.at(-1) ?? { update_id: 0 });
    for (let tries = 0; tries < 20; tries += 1) await stage.clock.advance(0.1);
    await answered;
    expect(await outcome).toMatchObject({ type: "paid" });
  });
});

describe("a refund", () => {
  it("that an operator orders gives everything back, takes the credits and says so", async () => {
    const stage = await shopStage();
    const { chargeId } = await paid(stage);
    await valueOf(stage.purchases.orderRefund({ chargeId, at: stage.clock.now() }));
    await stage.handle();
    expect(await stage.balance()).toBe(0);
    expect(stage.fake.control.stars.map(({ type }) => type)).toStrictEqual(["payment", "refund"]);
    expect(stage.newest()).toBe("50 Stars were given back to you.\nTaken for that: 10 credits.");
    expect(await payments(stage)).toMatchObject([{ state: "refunded", told: true }]);
    expect(stage.said().filter((text) => text.includes("given back"))).toHaveLength(1);
  });

  it("that was made elsewhere takes the credits, too, and ordering it again changes nothing", async () => {
    const stage = await shopStage();
    const { chargeId } = await paid(stage);
    const order = { chargeId, at: stage.clock.now() };
    stage.fake.control.refund(chargeId);
    await valueOf(stage.purchases.orderRefund(order));
    await stage.handle();
    await valueOf(stage.purchases.orderRefund(order));
    await stage.handle();
    expect(await stage.balance()).toBe(0);
    expect(await payments(stage)).toMatchObject([{ state: "refunded" }]);
    expect(stage.said().filter((text) => text.includes("given back"))).toHaveLength(1);
  });

  it("of what is spent leaves a debt, which the next payment pays", async () => {
    const stage = await shopStage();
    const { chargeId } = await paid(stage);
    const order = { ...aTraining("requested", { ownerId: "telegram:42" }), kind: "image" };
    await valueOf(stage.ledger.reserve(order));
    await valueOf(stage.ledger.capture(order.id));
    stage.fake.control.refund(chargeId);
    await stage.handle();
    expect(await stage.ledger.balance("telegram:42")).toMatchObject(ok({ balance: 0, owed: 5 }));
    expect(stage.newest()).toContain("so you owe 5. What you buy next pays that first.");
    await stage.says("/balance");
    expect(stage.newest()).toContain("You owe 5 after a refund.");
    await stage.pays();
    expect(await stage.ledger.balance("telegram:42")).toMatchObject(ok({ balance: 5, owed: 0 }));
  });

  it("that Telegram refuses stays on the operator's list", async () => {
    const stage = await shopStage();
    const { chargeId } = await paid(stage);
    const refusal = { error_code: 400, description: "Bad Request: BALANCE_TOO_LOW" };
    stage.fake.control.fault({ method: "refundStarPayment", answer: refusal, untilCleared: true });
    await valueOf(stage.purchases.orderRefund({ chargeId, at: stage.clock.now() }));
    await stage.handle();
    expect(await stage.balance()).toBe(10);
    expect(await stage.purchases.listPayments({ need: "attention" }, 5)).toMatchObject(ok([{ chargeId }]));
  });

  it("is asked for by the person, and noted once", async () => {
    const stage = await shopStage();
    await paid(stage);
    await stage.pays();
    await stage.says("/paysupport");
    expect(await stage.presses("Ask for a refund")).toBeUndefined();
    const choice = stage.ada.chat().at(-1);
    const first = choice?.buttons.flat()[0];
    await stage.presses(first?.text ?? "");
    expect(stage.newest()).toMatch(/^Your request for 50 Stars is noted\..*\nst/);
    const asked = await valueOf(stage.purchases.listPayments({ need: "attention" }, 5));
    expect(asked).toHaveLength(1);
    expect(stage.log.entries.filter(({ level }) => level === "error")).toMatchObject([
      {
        fields: { actor: "telegram:42", chargeId: asked[0]?.chargeId },
        message: "a person asks for the money of a payment",
      },
    ]);
    expect(stage.ada.chat().find(({ id }) => id === choice?.id)?.buttons).toStrictEqual([]);
    const { answer } = stage.ada.forges(first?.data ?? "", choice?.id);
    await stage.handle();
    expect((await answer).text).toBe("There is no payment left that you could ask back.");
  });
});

describe("/paysupport and /balance", () => {
  it("show whom to write to, the payments with their ids, and what may help", async () => {
    const stage = await shopStage();
    await stage.says("/paysupport");
    expect(stage.newest()).toContain("You have not paid anything here yet.");
    const { chargeId } = await paid(stage);
    await stage.says("/paysupport");
    for (const part of ["@support", chargeId, "50 Stars for 10 credits", "PROVIDER_ACCOUNT_INVALID"])
      expect(stage.newest()).toContain(part);
    await stage.says("/balance");
    expect(stage.newest()).toBe("You have 10 credits.\nYou can get more with /buy.");
  });

  it("are commands only of a shop that has them", async () => {
    const stage = await shopStage({ credits: undefined });
    await stage.says("/balance");
    expect(stage.passedOn).toHaveLength(1);
    expect(stage.shop().commands.map(({ command }) => command)).toStrictEqual(["buy", "paysupport"]);
  });

  it("pass on what is nobody's", async () => {
    const stage = await shopStage();
    for (const text of ["hello", "/start", "/start other", "/buying", "/buy@another_bot"]) await stage.says(text);
    expect(stage.passedOn).toHaveLength(5);
  });
});

describe("the comparison with Telegram's list", () => {
  it("finds the payments and refunds of an outage of 30 hours, once", async () => {
    const stage = await shopStage();
    await stage.invoice();
    const charges: string[] = [];
    for (let made = 0; made < 3; made += 1) {
      const { outcome } = stage.ada.pays();
      await stage.shop().answerAtOnce(stage.fake.control.updates.at(-1) ?? { update_id: 0 });
      const answer = await outcome;
      if (answer.type === "paid") charges.push(answer.chargeId);
    }
    stage.fake.control.refund(charges[1] ?? "");
    stage.skip();
    await stage.clock.advance(30 * 3600);
    expect(await payments(stage)).toStrictEqual([]);
    await stage.restart();
    await valueOf(stage.shop().reconcile());
    await stage.handle();
    expect(await stage.balance()).toBe(20);
    expect((await payments(stage)).map(({ state }) => state).toSorted()).toStrictEqual([
      "booked",
      "booked",
      "refunded",
    ]);
    expect(stage.said().filter((text) => text.startsWith("Thank you"))).toHaveLength(2);
    await valueOf(stage.shop().reconcile());
    await stage.pass(86_400);
    await stage.handle();
    expect([await stage.balance(), (await payments(stage)).length]).toStrictEqual([20, 3]);
  });

  it("is made at each start, though the next one is due tomorrow", async () => {
    const stage = await shopStage();
    await valueOf(stage.shop().reconcile());
    await stage.handle();
    await stage.invoice();
    const { outcome } = stage.ada.pays();
    await stage.shop().answerAtOnce(stage.fake.control.updates.at(-1) ?? { update_id: 0 });
    await outcome;
    stage.skip();
    await stage.pass(3_600);
    await stage.restart();
    await valueOf(stage.shop().reconcile());
    await stage.handle();
    expect(await stage.balance()).toBe(10);
  });

  it("keeps an old payment that cannot be assigned for the operator, and does not write to its payer", async () => {
    const stage = await shopStage();
    stage.ada.says("/start");
    await stage.api.sendInvoice(42, "T", "D", "sold before this shop", "XTR", [{ label: "L", amount: 7 }]);
    const { id = "", outcome } = stage.ada.pays();
    await stage.api.answerPreCheckoutQuery(id, true);
    await outcome;
    stage.skip();
    await stage.clock.advance(49 * 3_600);
    const before = stage.said().length;
    await valueOf(stage.shop().reconcile());
    await stage.handle();
    expect(await payments(stage)).toMatchObject([{ state: "unassigned", told: true }]);
    expect(stage.said()).toHaveLength(before);
  });

  it("goes on by itself, also after Telegram was down", async () => {
    const stage = await shopStage({ reconcileSeconds: 600 });
    const compared = () => stage.fake.control.calls.filter(({ method }) => method === "getStarTransactions").length;
    stage.fake.control.fault({ method: "getStarTransactions", answer: { error_code: 502 } });
    await valueOf(stage.shop().reconcile());
    await stage.handle();
    expect(compared()).toBe(1);
    await stage.pass(300);
    expect(compared()).toBe(2);
    await stage.pass(600);
    expect(compared()).toBe(3);
  });

  it("reads every page, and asks the store once for each", async () => {
    const stage = await shopStage();
    await stage.invoice();
    let queries = 0;
    const { listPayments } = stage.purchases;
    for (let made = 0; made < 205; made += 1) {
      stage.ada.pays();
      await stage.shop().answerAtOnce(stage.fake.control.updates.at(-1) ?? { update_id: 0 });
    }
    stage.skip();
    await stage.restart({
      purchases: {
        ...stage.purchases,
        listPayments: (filter, limit) => {
          if ("chargeIds" in filter && filter.chargeIds.length > 1) queries += 1;
          return listPayments(filter, limit);
        },
      },
    });
    const compare = stage.shop().handlers["payment.reconcile"];
    const { signal } = new AbortController();
    const job = { kind: "payment.reconcile", key: "reconcile", payload: null, attempt: 1, signal };
    expect(await compare?.(job)).toMatchObject(ok({ type: "again" }));
    expect(await stage.balance()).toBe(2050);
    expect(queries).toBe(3);
  });
});
