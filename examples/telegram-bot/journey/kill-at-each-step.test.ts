import { setTimeout as wait } from "node:timers/promises";
import type { Person } from "@likeness/grammy/testing";
import { describe, expect, it } from "vitest";
import { drawPhotos } from "./draw-photo.ts";
import { avatarName, journeySteps, type JourneyStep } from "./journey-steps.ts";
import { journeyStage, type JourneyStage } from "./journey-stage.ts";
import { buttonLike, press, said } from "./moves.ts";
import { countRows } from "./read-database.ts";

/** Sees what a step leads to. If nothing comes, does what a person does then: starts anew, resumes, tries once more. */
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
  expect(await seen(15), `${step.name}; the bot says: ${said(ada).slice(-2).join(" | ")}`).toBe(true);
}

/** Killed between the line and the one POST, an order is looked for and given up, and the person decides anew. */
const isAskedAgain = (person: Person): boolean => buttonLike(person, "v1:confirm") !== undefined;

describe("the reference bot, killed after everything a person does", () => {
  it.each([
    ["polling", [0, 30, 5, 60, 200, 10, 20]],
    ["polling", [80, 5, 40, 0, 20, 60, 400]],
    ["webhook", [20, 60, 0, 10, 90, 30, 150]],
  ] as const)("goes on, in %s mode, with kills after %o ms", { timeout: 120_000 }, async (mode, delays) => {
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
      ({ method, payload }) => method === "sendMessage" && /is ready/i.test(String(payload["text"])),
    );
    expect(announcements).toHaveLength(1);
    expect(announcements[0]?.payload["text"]).toContain(avatarName);
    expect(await bot.stop()).toBe(0);
  });
});
