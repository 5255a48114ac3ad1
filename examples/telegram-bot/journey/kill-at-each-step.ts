import { setTimeout as wait } from "node:timers/promises";
import type { Person, Press } from "@likeness/grammy/testing";
import { expect } from "vitest";
import { drawPhotos } from "./draw-photo.ts";
import { avatarName, hurry, journeySteps, type JourneyStep } from "./journey-steps.ts";
import { journeyStage, type JourneyOptions, type JourneyStage } from "./journey-stage.ts";
import { buttonLike, press, said } from "./moves.ts";
import { countRows } from "./read-database.ts";

/** Takes every step of the journey, each with a kill so many milliseconds later. */
export async function killAtEachStep(
  options: Pick<JourneyOptions, "mode" | "provider">,
  delays: readonly number[],
): Promise<void> {
  const stage = await journeyStage(options);
  const { ada, bot, telegram, orders } = stage;
  const photos = await drawPhotos(12);
  await bot.start();
  for (const [index, step] of journeySteps.entries()) {
    const pressed = hurry(step, ada, photos);
    await wait(delays[index]);
    await bot.kill();
    await bot.start();
    await reach(stage, step, { photos, pressed });
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
}

/** What a person has done, and what it was for. */
interface Done {
  readonly photos: readonly Buffer[];
  readonly pressed: readonly Press[];
}

/**
 * Waits for the result of a step. If none comes, does what a person would do: starts again, resumes, or repeats the
 * step, without hurry. That they do at once if they are told that a button is old or a box is not ticked yet.
 */
async function reach(stage: JourneyStage, step: JourneyStep, { photos, pressed }: Done): Promise<void> {
  const { ada, until } = stage;
  const isRefused = refusal(pressed);
  const isSeen = (): boolean => step.seen(ada, photos);
  const sees = (seconds: number, or = (): boolean => false) =>
    until(() => expect(isSeen() || or()).toBe(true), seconds).then(isSeen, () => false);
  if (await sees(40, () => isAskedAgain(ada) || isRefused())) return;
  if (isAskedAgain(ada)) {
    press(ada, "v1:confirm");
    await until(() => expect(buttonLike(ada, "v1:train-balanced")).toBeDefined());
  } else if (!isRefused()) {
    ada.says("/start");
    if (await sees(3)) return;
    if (buttonLike(ada, "v1:resume")) press(ada, "v1:resume");
    if (await sees(3)) return;
  }
  for (const each of [...(step.first ?? []), step]) {
    const isDone = (): boolean => each.seen(ada, photos) || isSeen();
    while (!isDone()) {
      const again = refusal([each.act(ada, photos) ?? []].flat());
      const problem = `${step.name}; the bot says: ${said(ada).slice(-2).join(" | ")}`;
      await until(() => expect(isDone() || again(), problem).toBe(true));
      // A newer button is on its way.
      if (!isDone()) await wait(250);
    }
  }
}

/** Whether a press was answered with a refusal. */
function refusal(pressed: readonly Press[]): () => boolean {
  let isRefused = false;
  for (const { answer } of pressed)
    void answer.then(({ text = "" }) => {
      if (/button|tick/i.test(text)) isRefused = true;
    });
  return () => isRefused;
}

/**
 * After a kill between the line and the one POST, the order is searched for and given up, and the person orders again.
 */
const isAskedAgain = (person: Person): boolean => buttonLike(person, "v1:confirm") !== undefined;
