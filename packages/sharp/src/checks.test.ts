import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { judge, pictureChecks } from "./checks.ts";
import { defaultInspectionLimits } from "./inspection-limits.ts";

const { minimumLuminance, maximumLuminance, minimumContrast, minimumSharpness } = defaultInspectionLimits;
const darkest = { luminance: minimumLuminance, contrast: minimumContrast, sharpness: minimumSharpness };

describe("pictureChecks", () => {
  it.each([darkest, { ...darkest, luminance: maximumLuminance }])(
    "pass what is just within the limits: %j",
    (known) => {
      expect(judge(pictureChecks, known, defaultInspectionLimits)).toStrictEqual(ok(known));
    },
  );

  it.each([
    [{ luminance: 29.9 }, { code: "too-dark", luminance: 29.9, minimum: 30 }],
    [{ luminance: 225.1 }, { code: "too-bright", luminance: 225.1, maximum: 225 }],
    [{ contrast: 14.9 }, { code: "low-contrast", contrast: 14.9, minimum: 15 }],
    [{ sharpness: 39.9 }, { code: "too-blurry", sharpness: 39.9, minimum: 40 }],
  ])("reject what is just outside of them: %j", (change, rejection) => {
    expect(judge(pictureChecks, { ...darkest, ...change }, defaultInspectionLimits)).toStrictEqual(
      err({ type: "photo-rejected", rejection }),
    );
  });
});
