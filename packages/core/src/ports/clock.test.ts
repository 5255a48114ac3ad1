import { describe, expect, it } from "vitest";
import { atMost, systemClock } from "./clock.ts";

describe("systemClock", () => {
  it("calls back", async () => {
    await expect(new Promise((resolve) => systemClock.after(1, () => resolve("called")))).resolves.toBe("called");
  });

  it("does not call back what was called off", async () => {
    const calls: string[] = [];
    systemClock.after(1, () => calls.push("called off"))();
    await new Promise((resolve) => systemClock.after(5, () => resolve(calls.push("later"))));
    expect(calls).toStrictEqual(["later"]);
  });
});

describe("atMost", () => {
  const never = new Promise(() => undefined);

  it("ends with the work, also if that fails, and calls its timer off", async () => {
    const calledOff: string[] = [];
    const clock = { ...systemClock, after: () => () => void calledOff.push("called off") };
    await atMost(clock, 60_000, Promise.resolve("done"));
    await atMost(clock, 60_000, Promise.reject(new Error("on purpose")));
    expect(calledOff).toStrictEqual(["called off", "called off"]);
  });

  it("ends with its time", async () => {
    await expect(atMost(systemClock, 1, never)).resolves.toBeUndefined();
  });
});
