import { freeOfCharge, type Credits, type LedgerCredits, type Wanted } from "@likeness/core";
import { memoryCredits, pictureBytes, valueOf } from "@likeness/testing";
import { errAsync, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { botStage, newest, type BotStage, type StageOptions } from "../__fixtures__/bot-stage.ts";
import { english } from "../__fixtures__/words.ts";
import { drawable } from "../pictures/__fixtures__/drawable.ts";

const ownerId = "telegram:42";

/** Where an avatar has to be trained first, that costs nothing. */
const ledgerWith = async (amount: number, training = 0): Promise<LedgerCredits> => {
  const ledger = memoryCredits({ prices: { training, image: 10, upscale: 5 } });
  if (amount > 0) await valueOf(ledger.topUp({ ownerId, amount, reference: "bought" }));
  return ledger;
};

/** Ada looks at the card that orders a training. */
async function confirming(options: StageOptions): Promise<BotStage> {
  const stage = await botStage(options);
  const avatarId = await stage.draft();
  await stage.says("/start");
  await stage.forges(`v1:confirm:${avatarId}`);
  return stage;
}

/** Ada looks at the card that orders pictures in a café. */
async function atCard(credits: Credits, options: StageOptions = {}) {
  const drawn = await drawable(options);
  const { stage } = drawn;
  await stage.says("/images");
  await stage.presses(options.languageCode === "ru" ? "В кафе" : "Café");
  return { ...drawn, credits };
}

describe("a card", () => {
  it("of a training says what it costs and what there is, and that falls by the order", async () => {
    const credits = await ledgerWith(130, 100);
    const stage = await confirming({ credits });
    expect(newest(stage).text).toContain("\nPrice: 100 credits\nYou have: 130");
    await stage.presses(english("button.train"));
    expect(await valueOf(credits.balance(ownerId))).toMatchObject({ balance: 130, held: 100 });
  });

  it("of a training says that the first look is in the price, where there is one", async () => {
    const credits = await ledgerWith(130, 100);
    const stage = await confirming({ credits, images: { firstLook: true } });
    expect(newest(stage).text).toContain(
      "\nPrice: 100 credits\nYou have: 130\nIncluded in the price: a first look (4 pictures)",
    );
    const free = await confirming({ images: { firstLook: true } });
    expect(newest(free).text).not.toContain("first look");
  });

  it("of pictures says the price of the shape that is chosen, and so does what follows", async () => {
    const asked: Wanted["size"][] = [];
    const byPixels: Credits = {
      ...freeOfCharge,
      quote: ({ count, size = { width: 0, height: 0 } }) => {
        asked.push(size);
        return okAsync({ amount: count * Math.round((size.width * size.height) / 10_000), unit: "credits" });
      },
    };
    const { stage, accepted, make } = await atCard(byPixels, { credits: byPixels });
    expect(newest(stage).text).toContain("\nPrice: 97 credits");
    await stage.presses("1:1");
    expect(newest(stage).text).toContain("\nPrice: 98 credits");
    await stage.presses(english("button.draw"));
    const [order] = await accepted();
    expect(order?.snapshot.plan.ratio).toBe("1:1");
    if (order) make(order, {}, pictureBytes({ width: 1_000, height: 1_000 }));
    await stage.pass(8);
    await stage.presses(english("button.larger"));
    expect(newest(stage).text).toContain("costs 400 credits");
    await stage.presses(english("button.draw-it"));
    expect((await accepted())[0]?.kind).toBe("upscale");
    expect(new Set(asked.map((size) => `${size?.width}x${size?.height}`))).toStrictEqual(
      new Set(["880x1104", "992x992", "2000x2000"]),
    );
  });

  it("of pictures says it for all of them, in Russian too", async () => {
    const credits = await ledgerWith(1_240);
    const { stage } = await atCard(credits, { credits, languageCode: "ru" });
    await stage.presses("4 изображения");
    expect(newest(stage).text).toContain("\nЦена: 40 кредитов\nУ вас: ");
    expect(newest(stage).text).toMatch(/У вас: 1\s240/);
  });

  it("counts what orders under way hold as spent", async () => {
    const credits = await ledgerWith(30);
    const { stage } = await atCard(credits, { credits });
    await stage.presses(english("button.draw"));
    await stage.says("/images");
    await stage.presses("Café");
    expect(newest(stage).text).toContain("\nYou have: 20");
  });

  it("says what is owed after a refund", async () => {
    const credits = await ledgerWith(10);
    await valueOf(credits.refund({ ownerId, amount: 30, reference: "bought" }));
    const { stage } = await atCard(credits, { credits });
    expect(newest(stage).text).toContain("\nPrice: 10 credits\nYou have: 0\nStill owed: 20");
  });

  it("asks before a variation or a larger picture costs anything, with both numbers", async () => {
    const credits = await ledgerWith(100);
    const { stage, draws } = await drawable({ credits });
    await draws();
    await stage.presses(english("button.variation"));
    expect(newest(stage).text).toBe("A variation of this picture costs 10 credits. You have 90. Shall I draw it?");
    await stage.presses(english("button.not-now"));
    await stage.presses(english("button.larger"));
    expect(newest(stage).text).toBe("Making this picture larger costs 5 credits. You have 90. Shall I draw it?");
    await stage.presses(english("button.draw-it"));
    expect(await valueOf(credits.balance(ownerId))).toMatchObject({ balance: 90, held: 5 });
  });

  it("says the price alone where the host's credits do not tell what a person has", async () => {
    const quoting: Credits = {
      ...freeOfCharge,
      quote: ({ count }) => okAsync({ amount: 2 * count, unit: "⭐" }),
    };
    const stage = await confirming({ credits: quoting });
    expect(newest(stage).text).toContain("\nPrice: 2 ⭐");
    expect(newest(stage).text).not.toContain("You have");
  });

  it.each([
    ["there are no credits", freeOfCharge],
    ["everything costs 0", memoryCredits({ prices: { training: 0, image: 0, upscale: 0 } })],
  ])("says nothing about money where %s", async (_, credits) => {
    const stage = await confirming({ credits });
    const { stage: drawing } = await atCard(credits, { credits });
    const said = [...stage.bot(), ...drawing.bot()].map(({ text }) => text).join("\n");
    expect(said).not.toMatch(/price|credit|have:|cost|owe/i);
  });

  it("of a training is trouble while the host's credits do not answer", async () => {
    const down: Credits = { ...freeOfCharge, quote: () => errAsync({ type: "credits-failure", cause: "down" }) };
    const stage = await confirming({ credits: down });
    expect(newest(stage).text).toBe(english("trouble"));
    const errors = stage.log.entries.filter(({ level }) => level === "error");
    expect(errors.map(({ message }) => message)).toStrictEqual(["credits could not be reserved"]);
  });
});

describe("a card whose price has changed", () => {
  const changing = async (prices: { training: number; image: number; upscale: number }) => {
    const ledger = memoryCredits({ prices });
    await valueOf(ledger.topUp({ ownerId, amount: 1_000, reference: "bought" }));
    return ledger;
  };
  const held = async (credits: LedgerCredits) => (await valueOf(credits.balance(ownerId))).held;

  it.each([
    ["costs more", 100],
    ["was free", 0],
  ])("shows a training's price before it is ordered: it %s", async (_, before) => {
    const prices = { training: before, image: 10, upscale: 5 };
    const credits = await changing(prices);
    const stage = await confirming({ credits });
    prices.training = 400;
    await stage.presses(english("button.train"));
    expect(newest(stage).text).toContain("\nPrice: 400 credits\nYou have: 1,000");
    expect(await held(credits)).toBe(0);
    expect((await stage.overviews()).flatMap(({ trainings }) => trainings)).toStrictEqual([]);
    await stage.presses(english("button.train"));
    expect(await held(credits)).toBe(400);
  });

  it("keeps the preset that was chosen on it", async () => {
    const prices = { training: 100, image: 10, upscale: 5 };
    const credits = await changing(prices);
    const stage = await confirming({ credits });
    await stage.presses(english("button.preset", { preset: "quality", chosen: false }));
    prices.training = 400;
    await stage.presses(english("button.train"));
    await stage.presses(english("button.train"));
    const trainings = (await stage.overviews()).flatMap((overview) => overview.trainings);
    expect(trainings.map(({ snapshot }) => snapshot.preset)).toStrictEqual(["quality"]);
  });

  it.each([
    ["costs more", 10],
    ["was free", 0],
  ])("shows that of pictures before they are ordered: it %s", async (_, before) => {
    const prices = { training: 0, image: before, upscale: 5 };
    const credits = await changing(prices);
    const { stage } = await atCard(credits, { credits });
    await stage.presses("4 pictures");
    prices.image = 40;
    await stage.presses(english("button.draw"));
    expect(newest(stage).text).toContain("\nPrice: 160 credits");
    expect(await held(credits)).toBe(0);
    await stage.presses(english("button.draw"));
    expect(await held(credits)).toBe(160);
  });

  it("asks again before a variation, in the same message", async () => {
    const prices = { training: 0, image: 10, upscale: 5 };
    const credits = await changing(prices);
    const { stage, draws } = await drawable({ credits });
    await draws();
    await stage.presses(english("button.variation"));
    const messages = stage.bot().length;
    prices.image = 40;
    await stage.presses(english("button.draw-it"));
    expect(newest(stage).text).toBe("A variation of this picture costs 40 credits. You have 990. Shall I draw it?");
    expect(stage.bot()).toHaveLength(messages);
    expect(await held(credits)).toBe(0);
    await stage.presses(english("button.draw-it"));
    expect(await held(credits)).toBe(40);
  });
});

describe("a refusal", () => {
  it("of a training says its price and what there is, and points to what can be bought", async () => {
    const credits = await ledgerWith(12, 100);
    const stage = await confirming({ credits, shop: true });
    await stage.presses(english("button.train"));
    expect(newest(stage).text).toBe(
      "This costs 100 credits, and you have 12, so nothing was ordered. You can get more with /buy. Your photos are kept: you can train once you have enough.",
    );
    expect((await stage.overviews()).flatMap(({ trainings }) => trainings)).toStrictEqual([]);
  });

  it("of pictures says it for all of them, and of no shop where there is none", async () => {
    const credits = await ledgerWith(12);
    const { stage } = await atCard(credits, { credits });
    await stage.presses("4 pictures");
    await stage.presses(english("button.draw"));
    expect(newest(stage).text).toBe("This costs 40 credits, and you have 12, so nothing was ordered.");
    expect(await valueOf(credits.balance(ownerId))).toMatchObject({ balance: 12, held: 0 });
  });

  it("is Russian for somebody who speaks it", async () => {
    const credits = await ledgerWith(1);
    const { stage } = await atCard(credits, { credits, languageCode: "ru", shop: true });
    await stage.presses("Нарисовать");
    expect(newest(stage).text).toBe(
      "Это стоит 10 кредитов, а у вас 1, поэтому ничего не заказано. Пополнить баланс: /buy.",
    );
  });

  it("says that something is owed, which more credits pay first", async () => {
    const credits = await ledgerWith(10);
    await valueOf(credits.refund({ ownerId, amount: 11, reference: "bought" }));
    const { stage } = await atCard(credits, { credits, shop: true });
    await stage.presses(english("button.draw"));
    expect(newest(stage).text).toBe(
      "After a refund, 1 credit is still owed, so nothing was ordered. What you add next pays that first. You can get more with /buy.",
    );
  });
});

it("refuses the next card too, right after the one before", async () => {
  const credits = await ledgerWith(12);
  const { stage } = await atCard(credits, { credits });
  const refusal = "This costs 40 credits, and you have 12, so nothing was ordered.";
  for (let card = 1; card <= 2; card++) {
    await stage.presses("4 pictures");
    for (let press = 0; press < 3; press++) await stage.presses(english("button.draw"));
    expect(stage.bot().filter(({ text }) => text === refusal)).toHaveLength(card);
    await stage.says("/images");
    await stage.presses("Café");
  }
});
