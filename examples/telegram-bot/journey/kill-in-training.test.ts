import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { drawPhotos } from "./draw-photo.ts";
import { providerNames } from "./journey-provider.ts";
import { journeyStage } from "./journey-stage.ts";
import { buttonLike, press, said } from "./moves.ts";
import { countRows } from "./read-database.ts";
import { walk } from "./walk.ts";

describe("the reference bot, killed in the middle", { timeout: 600_000 }, () => {
  it.each(providerNames)(
    "brings the outcome of a training at %s, killed again and again from the order to the message",
    async (provider) => {
      const stage = await journeyStage({ provider, trainingSeconds: 5 });
      const { ada, bot, orders, until } = stage;
      await bot.start();
      await walk(stage, ada, "continues", await drawPhotos(10));
      press(ada, "v1:train-balanced");
      await until(() => expect(orders()).toBe(1));
      for (const delay of [100, 900, 300, 700, 500, 1_100, 50, 400]) {
        await wait(delay);
        await bot.kill();
        await bot.start();
      }
      const announced = () => said(ada).filter((words) => /is ready\./i.test(words));
      await until(() => expect(announced()).toHaveLength(1));
      expect(orders()).toBe(1);
    },
  );

  it.each([
    { what: "cancels the training", yes: "v1:cancel-yes", kind: "cancel", provider: "fal" },
    { what: "cancels the training", yes: "v1:cancel-yes", kind: "cancel", provider: "replicate" },
    { what: "deletes the avatar", yes: "v1:delete-yes", kind: "delete", provider: "fal" },
  ] as const)(
    "finishes what it was asked to do when it is killed while it $what at $provider",
    async ({ yes, kind, provider }) => {
      const stage = await journeyStage({ provider, trainingSeconds: 60 });
      const { ada, bot, database, until } = stage;
      await bot.start();
      await walk(stage, ada, "continues", await drawPhotos(10));
      if (kind === "cancel") {
        press(ada, "v1:train-balanced");
        await until(() => expect(buttonLike(ada, "v1:cancel-ask")).toBeDefined());
        await until(() => expect(bot.output()).toContain("submitted"));
        press(ada, "v1:cancel-ask");
      } else {
        ada.says("/avatars");
        await until(() => expect(buttonLike(ada, "v1:open")).toBeDefined());
        press(ada, "v1:open");
        await until(() => expect(buttonLike(ada, "v1:delete-ask")).toBeDefined());
        press(ada, "v1:delete-ask");
      }
      await until(() => expect(buttonLike(ada, yes)).toBeDefined());
      press(ada, yes);
      await wait(15);
      await bot.kill();
      await bot.start();
      await until(() => {
        if (kind === "cancel") expect(stage.provider.wasAskedToCancel()).toBe(true);
        else expect(countRows(database, "avatar")).toBe(0);
      });
    },
  );
});
