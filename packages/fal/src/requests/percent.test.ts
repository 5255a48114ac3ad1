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
    ["no n% of anything", ["epoch 3/4 75%", "99.9 % done", "training: 50%"], 1000, undefined],
    ["a bar that names what it trains with", ["Training with masks, saving every 250:   7%|▋ | 70/1000"], 1000, 7],
    ["no bar of what is trained with", ["Downloading training data: 70/1000"], 1000, undefined],
    ["100 at the end only", ["999/1000"], 1000, 99],
    ["100 at the end", ["999/1000", "1000/1000"], 1000, 100],
    ["100 at the end of a bar", ["0/1000\r1000/1000"], 1000, 100],
    ["no n beyond m", ["1001/1000"], 1000, undefined],
    ["no date", ["2026/11/23 06:00"], 11, undefined],
    ["no path", ["/cache/5/1000/model"], 1000, undefined],
    ["no size", ["5/1000MB", "9/1000kB"], 1000, undefined],
    ["of a training without steps what is said to be its", ["training: 41%", "training: 42.9%"], undefined, 42],
    ["of a training without steps nothing else", ["70/1000 7%", "Downloading training data: 9%"], undefined, undefined],
    ["no percentage beyond 100", ["training at 250%"], undefined, undefined],
    ["no negative number", ["training changed by -5%"], undefined, undefined],
  ])("finds %s", (_name, lines, steps, percent) => expect(percentOf(lines, steps)).toBe(percent));

  it.each([
    ["a download", "flux1-dev.safetensors: 100%|██████████| 23.8G/23.8G [02:11<00:00, 181MB/s]"],
    ["a download that counts megabytes", "100%|██████████| 1000/1000 [00:05<00:00, 200MB/s]"],
    ["files", "Fetching 1000 files: 100%|██████████| 1000/1000 [00:01<00:00, 920it/s]"],
    ["loading", "Loading checkpoint shards:  50%|█████     | 500/1000 [00:01<00:01, 1.9it/s]"],
    ["caching", "caching latents: 12%|█▎        | 120/1000 [00:01<00:09, 90it/s]"],
    ["pictures", "Preprocessing images: 999/1000"],
    ["something without a name", "100%|██████████| 1000/1000 [00:00<00:00, 9123.45it/s]"],
  ])("says nothing of the bar of %s, and counts the training's own from 0", (_name, bar) => {
    const log = [bar, "Starting training", bar];
    expect(percentOf(log, 1000)).toBeUndefined();
    expect(percentOf([...log, "  0%|          | 0/1000 [00:00<?, ?it/s]"], 1000)).toBe(0);
    expect(percentOf([...log, "0/1000", "Steps:   7%|▋  | 70/1000 [00:10<02:00, 7.0it/s, loss=0.3]"], 1000)).toBe(7);
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
        const line = (step: number) => `training: ${step}${slash}${steps}, loss 0.1`;
        const at = (step: number) => percentOf([line(0), line(step)], steps);
        expect(at(one)).toBe(Math.floor((100 * one) / steps));
        expect(at(Math.min(one, another))).toBeLessThanOrEqual(at(Math.max(one, another)) ?? -1);
      }),
    );
  });

  it("gets through a line of megabytes", () => {
    for (const part of ["1", "1 ", "1/", "1."]) expect(percentOf([part.repeat(200_000)], 7)).toBeUndefined();
  });
});
