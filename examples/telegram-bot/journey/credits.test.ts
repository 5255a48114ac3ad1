import { expect, it } from "vitest";
import { operatorCommand } from "../__fixtures__/operator.ts";
import { drawPhotos } from "./draw-photo.ts";
import { journeyStage } from "./journey-stage.ts";
import { buttonLike, lastOfBot, press, said, wordsOf } from "./moves.ts";
import { walk } from "./walk.ts";

const operate = operatorCommand("credits");
const owner = "telegram:4242";

it("says what orders cost, refuses what cannot be paid, and takes what an operator gives", async () => {
  const prices = { PRICE_TRAINING: "100", PRICE_IMAGE: "10", PRICE_UPSCALE: "5" };
  const environment = { CREDITS: "ledger", ...prices, SUPPORT: "@support" };
  const stage = await journeyStage({ environment });
  const { ada, bot, until, orders, database } = stage;
  const operator = async (...parameters: string[]) => (await operate(`sqlite:${database}`, parameters)).output;
  const last = (): string => wordsOf(lastOfBot(ada));
  await bot.start();
  const photos = await drawPhotos(10);
  await walk(stage, ada, "continues", photos);
  expect(last()).toContain("\nPrice: 100 credits\nYou have: 0");
  press(ada, "v1:train-balanced");
  await until(() => expect(last()).toContain("This costs 100 credits, and you have 0, so nothing was ordered."));

  expect(await operator("give", owner, "115", "gift")).toBe(`Booked: ${owner} has 115 credits.\n`);
  press(ada, "v1:train-balanced");
  await until(() => expect(said(ada).some((words) => /is ready\./i.test(words))).toBe(true));
  await until(async () => expect(await operator("show", owner)).toContain(`${owner} has 15 credits\n`));

  press(ada, "v1:make");
  await until(() => expect(buttonLike(ada, "v1:scene:")).toBeDefined());
  press(ada, "v1:scene:");
  await until(() => expect(last()).toContain("\nPrice: 10 credits\nYou have: 15"));
  const card = lastOfBot(ada);
  const pressed = (label: string) => {
    const { buttons = [] } = ada.chat().find(({ id }) => id === card.id) ?? {};
    const found = buttons.flat().find(({ text }) => text.includes(label));
    ada.presses({ data: found?.data ?? "" }, { messageId: card.id });
  };
  pressed("4 pictures");
  await until(() => expect(last()).toContain("\nPrice: 40 credits\nYou have: 15"));
  pressed("Draw");
  await until(() => expect(last()).toBe("This costs 40 credits, and you have 15, so nothing was ordered."));
  pressed("1 picture");
  await until(() => expect(said(ada).some((words) => words.includes("\nPrice: 10 credits\n"))).toBe(true));
  pressed("Draw");
  await until(() => expect(buttonLike(ada, "v1:variation:")).toBeDefined());
  press(ada, "v1:variation:");
  await until(() => expect(last()).toBe("A variation of this picture costs 10 credits. You have 5. Shall I draw it?"));
  press(ada, "v1:variation-yes");
  await until(() => expect(last()).toBe("This costs 10 credits, and you have 5, so nothing was ordered."));
  expect(orders()).toBe(2);
  expect(await operator("show", owner)).toContain(`${owner} has 5 credits\n`);
  expect(await bot.stop()).toBe(0);
}, 600_000);
