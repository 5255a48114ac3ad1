import { addSeconds } from "@likeness/core";
import { aModel, aProviderRequest, aTraining, memoryStore, testClock, testStart, valueOf } from "@likeness/testing";
import { expect, it } from "vitest";
import { noteDuration, usualDuration } from "./history.ts";

const stored = () => memoryStore({ clock: testClock() }).store.sessions;

/** A training that ran for this many seconds by its provider's clock, and for half a second by ours. */
const lasting = (trainedSeconds: number | undefined) =>
  aTraining("succeeded", {
    state: {
      status: "succeeded",
      request: aProviderRequest(),
      submittedAt: testStart,
      finishedAt: addSeconds(testStart, 0.5),
      outcome: aModel(),
      ranSeconds: trainedSeconds,
    },
  });

const { snapshot: sort } = lasting(1);

async function usualAfter(...durations: readonly number[]): Promise<number | undefined> {
  const sessions = stored();
  for (const seconds of durations) await valueOf(noteDuration(sessions, lasting(seconds)));
  return (await valueOf(usualDuration(sessions, sort)))?.seconds;
}

it("knows nothing before the first training has succeeded", async () => {
  expect(await usualAfter()).toBeUndefined();
  const sessions = stored();
  await valueOf(noteDuration(sessions, aTraining("failed")));
  expect(await valueOf(usualDuration(sessions, sort))).toBeUndefined();
});

it("counts only what the provider timed", async () => {
  const sessions = stored();
  const key = `telegram:history:${sort.endpoint}:${sort.preset}`;
  const ours = { durations: [{ trainingId: "noted by our own clock", seconds: 0.5 }] };
  await valueOf(sessions.save({ key, value: ours, version: 0 }));
  await valueOf(noteDuration(sessions, lasting(undefined)));
  expect(await valueOf(usualDuration(sessions, sort))).toBeUndefined();
  await valueOf(noteDuration(sessions, lasting(300)));
  expect(await valueOf(usualDuration(sessions, sort))).toStrictEqual({ seconds: 300, trainings: 1 });
});

it("goes by the one in the middle, which a stuck training does not move", async () => {
  expect(await usualAfter(100)).toBe(100);
  expect(await usualAfter(100, 300)).toBe(200);
  expect(await usualAfter(300, 86_400, 100)).toBe(300);
});

it("says nothing while there are so few that an odd one would move it", async () => {
  expect(await usualAfter(0.5, 300)).toBeUndefined();
  expect(await usualAfter(300, 86_400)).toBeUndefined();
  expect(await usualAfter(300, 0.5, 310)).toBe(300);
  expect(await usualAfter(0.5, 300, 310, 0)).toBeUndefined();
});

it("goes by the last twenty", async () => {
  const old = Array.from({ length: 20 }, () => 1_000);
  const recent = Array.from({ length: 20 }, () => 100);
  expect(await usualAfter(...old, ...recent)).toBe(100);
});

it("counts a training once, also when it is noted twice at the same time", async () => {
  const sessions = stored();
  const twice = lasting(900);
  const others = [100, 100, 100].map(lasting);
  await Promise.all([twice, twice, ...others, twice].map((training) => valueOf(noteDuration(sessions, training))));
  const row = await valueOf(sessions.find(`telegram:history:${sort.endpoint}:${sort.preset}`));
  expect(row?.value).toMatchObject({ durations: { length: 4 } });
  expect(await valueOf(usualDuration(sessions, sort))).toStrictEqual({ seconds: 100, trainings: 4 });
});

it("keeps trainers and presets apart", async () => {
  const sessions = stored();
  await valueOf(noteDuration(sessions, lasting(100)));
  expect(await valueOf(usualDuration(sessions, { ...sort, endpoint: "example/other" }))).toBeUndefined();
  expect(await valueOf(usualDuration(sessions, { ...sort, preset: "quality" }))).toBeUndefined();
});
