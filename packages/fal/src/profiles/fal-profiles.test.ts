import { presets } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { falProfiles } from "./fal-profiles.ts";

describe("falProfiles", () => {
  it.each([
    ["portrait", "fal-ai/flux-lora-portrait-trainer", "trigger_phrase", [500, 1000, 2500], [3e-4, 2e-4, 1e-4]],
    ["style", "fal-ai/flux-lora-fast-training", "trigger_word", [500, 1000, 2000], [undefined, undefined, undefined]],
  ] as const)("%s: three presets of %s", (kind, endpoint, triggerField, steps, rates) => {
    const profile = falProfiles[kind];
    const inputs = presets.map((preset): { steps: number; learning_rate?: number } => profile.presets[preset]);
    expect(profile).toMatchObject({ kind, endpoint, triggerField, archiveField: "images_data_url" });
    expect(inputs.map((input) => input.steps)).toStrictEqual(steps);
    expect(inputs.map((input) => input.learning_rate)).toStrictEqual(rates);
  });
});
