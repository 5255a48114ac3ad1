import { describe, expect, it } from "vitest";
import { timestamp } from "../values/timestamp.ts";
import type { Clock } from "./clock.ts";
import { uuidV7 } from "./ids.ts";

const clockAt = (milliseconds: number): Clock => ({ now: () => timestamp(milliseconds), after: () => () => undefined });

describe("uuidV7", () => {
  it("begins with the time, as RFC 9562 has it", () => {
    // The example of RFC 9562, appendix A.6: 2022-02-22T19:22:22Z is 0x017F22E279B0.
    expect(uuidV7(clockAt(0x017f22e279b0)).next()).toMatch(
      /^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it("sorts later ids behind earlier ones", () => {
    const ids = [1, 2, 1_000, 1_800_000_000_000].map((time) => uuidV7(clockAt(time)).next());
    expect(ids.toSorted()).toStrictEqual(ids);
  });

  it("is unique within one millisecond", () => {
    const ids = uuidV7(clockAt(1_800_000_000_000));
    expect(new Set(Array.from({ length: 1_000 }, () => ids.next())).size).toBe(1_000);
  });
});
