import { describe, expect, it } from "vitest";
import { defaultPolicy } from "../policy.ts";
import { trainingKind } from "../trainings/training-kind.ts";
import { addSeconds, secondsBetween, timestamp } from "../values/timestamp.ts";
import { nextPoll, pollDelay } from "./poll-schedule.ts";

describe("pollDelay", () => {
  it("keeps one pace while an order is young", () => {
    expect([0, 60, 1_799].map((age) => pollDelay(age, defaultPolicy))).toStrictEqual([10, 10, 10]);
  });

  it("then waits 1.5 times as long each time, up to the maximum", () => {
    const delays: number[] = [];
    for (let age = 1_800; delays.length < 12; age += delays.at(-1) ?? 0) delays.push(pollDelay(age, defaultPolicy));
    const growing = delays.filter((delay) => delay < 300);
    expect(growing.slice(1).map((delay, index) => delay / (growing[index] ?? 0))).toStrictEqual(
      growing.slice(1).map(() => expect.closeTo(1.5, 5)),
    );
    expect(delays.at(-1)).toBe(300);
  });
});

describe("nextPoll", () => {
  const since = timestamp(1_800_000_000_000);
  const now = addSeconds(since, 60);

  it.each([
    [0, 8],
    [0.5, 10],
    [0.999_999, 12],
  ])("drifts with the random number %d", (random, seconds) => {
    const clock = { now: () => now, after: () => () => undefined };
    const ports = { clock, policy: defaultPolicy, kinds: { training: trainingKind }, random: () => random };
    const next = nextPoll(ports, { id: "order-1", kind: "training" }, since);
    expect(secondsBetween(now, next)).toBeCloseTo(seconds, 2);
  });
});
