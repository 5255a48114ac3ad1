import { describe, expect, it } from "vitest";
import { drawPhotos } from "./draw-photo.ts";
import { providerNames, type ProviderName } from "./journey-provider.ts";
import { journeyStage, type JourneyStage } from "./journey-stage.ts";
import { buttonLike, press, said } from "./moves.ts";
import { walk } from "./walk.ts";

const announced = ({ ada }: JourneyStage) => said(ada).filter((words) => /is ready\./i.test(words));
const failures = ({ ada }: JourneyStage) => said(ada).filter((words) => words.includes(" failed."));

/** A bot that is about to order a training. */
async function beforeOrder(provider: ProviderName): Promise<JourneyStage> {
  const stage = await journeyStage({ provider });
  await stage.bot.start();
  await walk(stage, stage.ada, "continues", await drawPhotos(10));
  return stage;
}

describe.each(providerNames)("the reference bot at %s", { timeout: 600_000 }, (provider) => {
  it("tells that a training was refused, and trains when it is ordered again", async () => {
    const stage = await beforeOrder(provider);
    const { ada, bot, until, orders } = stage;
    stage.provider.next("refused");
    press(ada, "v1:train-balanced");
    await until(() => expect(failures(stage)).toHaveLength(1));
    expect(orders()).toBe(1);
    const before = buttonLike(ada, "v1:train-balanced")?.messageId;
    press(ada, "v1:confirm");
    await until(() => expect(buttonLike(ada, "v1:train-balanced")?.messageId).not.toBe(before));
    press(ada, "v1:train-balanced");
    await until(() => expect(announced(stage)).toHaveLength(1));
    expect([orders(), failures(stage).length]).toStrictEqual([2, 1]);
    expect(await bot.stop()).toBe(0);
  });

  it("goes on when the answer to a paid request is lost and it is restarted, and pays once", async () => {
    const stage = await beforeOrder(provider);
    const { ada, bot, until, orders } = stage;
    stage.provider.takes(3);
    stage.provider.next("lost answer");
    press(ada, "v1:train-balanced");
    await until(() => expect(orders()).toBe(1));
    await bot.kill();
    await bot.start();
    await until(() => expect(announced(stage)).toHaveLength(1));
    expect(orders()).toBe(1);
    expect(await bot.stop()).toBe(0);
  });

  it("tells of a result that came while it was down", async () => {
    const stage = await beforeOrder(provider);
    const { ada, bot, until, orders } = stage;
    stage.provider.next("endless");
    press(ada, "v1:train-balanced");
    await until(() => expect(bot.output()).toContain("training -> submitted"));
    await bot.kill();
    await stage.provider.finish();
    await bot.start();
    await until(() => expect(announced(stage)).toHaveLength(1));
    expect(orders()).toBe(1);
    expect(await bot.stop()).toBe(0);
  });
});
