import { describe, expect, it } from "vitest";
import { defaultInspectionLimits, inspectionLimits } from "./inspection-limits.ts";

describe("inspectionLimits", () => {
  it("keeps the defaults that the host does not replace", () => {
    expect(inspectionLimits({ minimumSide: 256 })).toStrictEqual({ ...defaultInspectionLimits, minimumSide: 256 });
  });

  it.each([
    { maximumBytes: 0 },
    { maximumPixels: 1.5 },
    { minimumSide: Number.NaN },
    { maximumRatio: 0.9 },
    { minimumLuminance: -1 },
    { maximumLuminance: 256 },
    { minimumContrast: 128 },
    { minimumSharpness: Number.POSITIVE_INFINITY },
  ])("throws for %o and names it", (limits) => {
    expect(() => inspectionLimits(limits)).toThrow(new RegExp(`^${Object.keys(limits).join()} must`));
  });

  it("throws when nothing lies between dark and bright", () => {
    expect(() => inspectionLimits({ minimumLuminance: 200, maximumLuminance: 100 })).toThrow(RangeError);
  });
});
