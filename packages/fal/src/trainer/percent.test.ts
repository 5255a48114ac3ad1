import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { percentOf } from "./percent.ts";

describe("percentOf", () => {
  it.each<[string, readonly string[], number | undefined, number | undefined]>([
    ["nothing in an empty log", [], 1000, undefined],
    ["the last n/m of the steps", ["step 10/1000", "step 250/1000", "saving"], 1000, 25],
    ["a progress bar", ["  7%|▋         | 70/1000 [00:10<02:00,  7.0it/s]"], 1000, 7],
    ["the last of several in one line", ["1/1000\r2/1000\r509/1000"], 1000, 50],
    ["n/m before a later n%", ["30/1000", "GPU memory 80%"], 1000, 3],
    ["no n/m of something else", ["epoch 3/4", "image 12/20"], 1000, undefined],
    ["n% when no n/m is of the steps", ["epoch 3/4 75%"], 1000, 75],
    ["decimals rounded down", ["99.9 % done"], 1000, 99],
    ["100 at the end only", ["999/1000"], 1000, 99],
    ["100 at the end", ["1000/1000"], 1000, 100],
    ["no n beyond m", ["1001/1000"], 1000, undefined],
    ["no percentage beyond 100", ["GPU at 250%"], 1000, undefined],
    ["no date", ["2026/11/23 06:00"], 11, undefined],
    ["no path", ["/cache/5/1000/model"], 1000, undefined],
    ["no negative number", ["changed by -5%"], 1000, undefined],
    ["n% where the steps are unknown", ["70/1000 7%"], undefined, 7],
  ])("finds %s", (_name, lines, steps, percent) => expect(percentOf(lines, steps)).toBe(percent));

  it("takes a bare percentage from the newest lines only", () => {
    const later = Array.from({ length: 20 }, (_, index) => `line ${index}`);
    expect(percentOf(["download 100%", ...later], 1000)).toBeUndefined();
    expect(percentOf(["70/1000", ...later], 1000)).toBe(7);
  });

  it("is a whole number from 0 to 100, or nothing, whatever the log says", () => {
    const line = fc.oneof(fc.string(), fc.stringMatching(/^[\d/%. -]{0,40}$/));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.option(fc.integer(), { nil: undefined }), (lines, steps) => {
        const percent = percentOf(lines, steps);
        expect(percent === undefined || (Number.isInteger(percent) && percent >= 0 && percent <= 100)).toBe(true);
      }),
    );
  });

  it("reads any step of any training, and never more of an earlier step", () => {
    const training = fc
      .integer({ min: 1, max: 40_000 })
      .chain((steps) => fc.tuple(fc.constant(steps), fc.nat(steps), fc.nat(steps)));
    const spelled = fc.constantFrom("/", " / ", " /");
    fc.assert(
      fc.property(training, spelled, ([steps, one, another], slash) => {
        const at = (step: number) => percentOf([`training: ${step}${slash}${steps}, loss 0.1`], steps);
        expect(at(one)).toBe(Math.floor((100 * one) / steps));
        expect(at(Math.min(one, another))).toBeLessThanOrEqual(at(Math.max(one, another)) ?? -1);
      }),
    );
  });

  it("gets through a line of megabytes", () => {
    for (const part of ["1", "1 ", "1/", "1."]) expect(percentOf([part.repeat(200_000)], 7)).toBeUndefined();
  });
});
