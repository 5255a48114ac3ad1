import { setTimeout as wait } from "node:timers/promises";
import type { Person } from "@likeness/grammy/testing";
import { describe, expect, it } from "vitest";
import { drawPhotos } from "./draw-photo.ts";
import { avatarName, journeySteps, type JourneyStep } from "./journey-steps.ts";
import { journeyStage, type JourneyStage } from "./journey-stage.ts";
import { buttonLike, press, said } from "./moves.ts";
import { countRows } from "./read-database.ts";
import { walk } from "./walk.ts";

/**
 * Waits for the result of a step. If none comes, does what a person would do: starts again, resumes, or repeats the
 * step.
 */
async function reach(stage: JourneyStage, step: JourneyStep, photos: readonly Buffer[]): Promise<void> {
  const { ada, until } = stage;
  const seen = (seconds: number, also = false) =>
    until(() => expect(step.seen(ada, photos) || (also && isAskedAgain(ada)), step.name).toBe(true), seconds).then(
      () => step.seen(ada, photos),
      () => false,
    );
  if (await seen(step.seconds ?? 8, true)) return;
  if (!isAskedAgain(ada)) {
    ada.says("/start");
    if (await seen(3)) return;
    if (buttonLike(ada, "v1:resume")) press(ada, "v1:resume");
    if (await seen(3)) return;
  } else {
    press(ada, "v1:confirm");
    await until(() => expect(buttonLike(ada, "v1:train-balanced")).toBeDefined());
  }
  step.act(ada, photos);
  expect(await seen(30), `${step.name}; the bot says: ${said(ada).slice(-2).join(" | ")}`).toBe(true);
}

/**
 * After a kill between the line and the one POST, the order is searched for and given up, and the person orders again.
 */
const isAskedAgain = (person: Person): boolean => buttonLike(person, "v1:confirm") !== undefined;

describe("the reference bot, killed after everything a person does", () => {
  it.each([
    ["polling", [0, 30, 5, 60, 15, 200, 10, 20]],
    ["polling", [80, 5, 40, 0, 25, 20, 60, 400]],
    ["webhook", [20, 60, 0, 10, 50, 90, 30, 150]],
  ] as const)("goes on, in %s mode, with kills after %o ms", { timeout: 400_000 }, async (mode, delays) => {
    const stage = await journeyStage({ mode });
    const { ada, bot, telegram, orders } = stage;
    const photos = await drawPhotos(12);
    await bot.start();
    for (const [index, step] of journeySteps.entries()) {
      step.act(ada, photos);
      await wait(delays[index]);
      await bot.kill();
      await bot.start();
      await reach(stage, step, photos);
    }

    expect(orders()).toBe(1);
    for (const [table, rows] of [
      ["avatar", 1],
      ["photo", 12],
    ] as const)
      expect(countRows(stage.database, table), table).toBe(rows);
    const announcements = telegram.control.calls.filter(
      ({ method, payload }) => method === "sendMessage" && /is ready\./i.test(String(payload["text"])),
    );
    expect(announcements).toHaveLength(1);
    expect(announcements[0]?.payload["text"]).toContain(avatarName);
    expect(await bot.stop()).toBe(0);
  });

  it(
    "brings the outcome of a training, killed again and again from the order to the message",
    { timeout: 400_000 },
    async () => {
      const stage = await journeyStage({ trainingSeconds: 5 });
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
      await until(() => expect(announced()).toHaveLength(1), 40);
      expect(orders()).toBe(1);
    },
  );

  it.each([
    ["cancels the training", "v1:cancel-yes", "cancel"],
    ["deletes the avatar", "v1:delete-yes", "delete"],
  ] as const)(
    "finishes what it was asked to do when it is killed while it %s",
    { timeout: 400_000 },
    async (_what, yes, kind) => {
      const stage = await journeyStage({ trainingSeconds: 60 });
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
        if (kind === "cancel") expect(stage.fal.requests.some(({ path }) => path.endsWith("/cancel"))).toBe(true);
        else expect(countRows(database, "avatar")).toBe(0);
      }, 40);
    },
  );
});
