import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainDetail } from "./plain-detail.ts";

describe("plainDetail", () => {
  it.each([
    ["cannot read https://v3.fal.media/files/a/set.zip?sig=1 now", "cannot read (link) now"],
    ["cannot read v3b.fal.media/files/b/set.zip", "cannot read (link)"],
    ["cannot read storage.example:443/b/set.zip", "cannot read (link)"],
    ["cannot call bot.example%252Fhook%253Ftoken%253Dx", "cannot call (link)"],
    ["no such path: '/hook?token=x'", "no such path: (link)"],
    ["webhook=https%3A%2F%2Fbot.example%2Fhook%3Ftoken%3Dx failed", "webhook=(link) failed"],
    ["image data:image/png;base64,AAAA is bad", "image (link) is bad"],
    ["two\n  lines\t", "two lines"],
    ["CUDA\0 error \ud83d", "CUDA error \uFFFD"],
    ["cannot read ht\0tps://v3.fal.media/files/a/set.zip", "cannot read (link)"],
    ["Top up your balance at fal.ai/dashboard/billing.", "Top up your balance at fal.ai/dashboard/billing."],
  ])("makes of %j: %j", (text, expected) => expect(plainDetail(text)).toBe(expected));

  it("is at most 300 characters long, whatever comes", () => {
    fc.assert(fc.property(fc.string({ maxLength: 1000 }), (text) => plainDetail(text).length <= 300));
    expect(plainDetail("a".repeat(301))).toBe(`${"a".repeat(299)}…`);
  });

  it("never lets an address through", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(plainDetail(`${before} https://v3.fal.media/secret-name.zip ${after}`)).not.toContain("secret-name");
      }),
    );
  });
});
