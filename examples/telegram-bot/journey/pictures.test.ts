import { setTimeout as wait } from "node:timers/promises";
import type { Person } from "@likeness/grammy/testing";
import { expect, it } from "vitest";
import { drawPhotos } from "./draw-photo.ts";
import { avatarName } from "./journey-steps.ts";
import { providerNames } from "./journey-provider.ts";
import { journeyStage } from "./journey-stage.ts";
import { buttonLike, lastOfBot, press, said } from "./moves.ts";
import { walk } from "./walk.ts";

const picturesOf = (person: Person) => person.chat().filter(({ from, photo }) => from === "bot" && photo);

it.each(providerNames)(
  "makes a first look and four pictures at %s, each paid and told once, though it is killed meanwhile",
  async (name) => {
    const stage = await journeyStage({ provider: name, environment: { FIRST_LOOK: "true" } });
    const { ada, bot, until, orders, telegram, provider } = stage;
    await bot.start();
    await walk(stage, ada, "orders the training", await drawPhotos(10));
    expect(picturesOf(ada).map(({ caption }) => caption)).toStrictEqual(
      [1, 2, 3, 4].map((place) => `${place} · Made with AI`),
    );
    expect(orders()).toBe(5);

    press(ada, "v1:make");
    await until(() => expect(buttonLike(ada, "v1:scene:")).toBeDefined());
    press(ada, "v1:scene:");
    await until(() => expect(buttonLike(ada, "v1:draw")).toBeDefined());
    const card = lastOfBot(ada);
    const four = card.buttons.flat().find(({ text }) => text.includes("4 pictures"));
    ada.presses({ data: four?.data ?? "" }, { messageId: card.id });
    await until(() => expect(said(ada).at(-1)).toContain("Number: 4"));
    // The kills come while the provider draws. Before the POST, one would end an order at its deadline; while Telegram answers, it
    // may repeat the album. The crash matrix has both.
    provider.takes(8);
    press(ada, "v1:draw");
    await until(() => expect(orders()).toBe(9));
    for (const delay of [0, 700, 200]) {
      await wait(delay);
      await bot.kill();
      await bot.start();
    }
    await until(() => expect(picturesOf(ada)).toHaveLength(8));
    await until(() => expect(said(ada).at(-1)).toContain(`4 pictures with ${avatarName}`));
    expect(orders()).toBe(9);
    const albums = telegram.control.calls.filter(({ method }) => method === "sendMediaGroup");
    expect(albums).toHaveLength(2);
    expect(await bot.stop()).toBe(0);
  },
  600_000,
);
