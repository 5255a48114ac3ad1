import { describe, expect, it } from "vitest";
import { systemClock } from "./clock.ts";

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
