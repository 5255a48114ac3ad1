import { describe, expect, it } from "vitest";
import { accepted, photo } from "../photos/__fixtures__/photos.ts";
import type { Profile } from "./profile.ts";
import { takeSnapshot } from "./training-snapshot.ts";

const profile: Profile = {
  kind: "style",
  endpoint: "fake/trainer",
  triggerField: "trigger_word",
  input: { is_style: true, steps: 1 },
  presets: { fast: { steps: 10 }, balanced: { steps: 20, learning_rate: 0.1 }, quality: { steps: 30 } },
  photos: { minimum: 1, maximum: 2 },
  pricePerStep: 0.002,
};

describe("takeSnapshot", () => {
  const snapshot = takeSnapshot("0192f0c1-2345-7890-abcd-ef0123456789", profile, "balanced", [
    accepted(1, { bytes: 100 }),
    photo(2, { status: "rejected", rejection: { code: "truncated" } }),
    accepted(3, { bytes: 300 }),
    accepted(4),
  ]);

  it("freezes profile, preset and trigger into the provider's input", () => {
    expect(snapshot.input).toStrictEqual({
      is_style: true,
      steps: 20,
      learning_rate: 0.1,
      trigger_word: "TOK_23456789",
    });
    expect(snapshot.trigger).toBe("TOK_23456789");
  });

  it("keeps what else the profile has, for the adapter", () => {
    const own = { ...profile, archiveField: "images", weightsFormat: undefined };
    const kept = takeSnapshot("0192f0c1-2345-7890-abcd-ef0123456789", own, "fast", []);
    expect(kept).toStrictEqual({
      kind: "style",
      endpoint: "fake/trainer",
      archiveField: "images",
      preset: "fast",
      input: { is_style: true, steps: 10, trigger_word: "TOK_23456789" },
      steps: 10,
      trigger: "TOK_23456789",
      manifest: [],
    });
  });

  it("names the steps as the trainer does, and no trigger where it knows none", () => {
    const { triggerField: _none, ...rest } = profile;
    const own: Profile = { ...rest, stepsField: "training_steps", input: { is_style: true } };
    expect(takeSnapshot("0192f0c1-2345-7890-abcd-ef0123456789", own, "balanced", []).input).toStrictEqual({
      is_style: true,
      training_steps: 20,
      learning_rate: 0.1,
    });
  });

  it("lists the accepted photos in their order, no more than the profile takes", () => {
    expect(snapshot.manifest).toStrictEqual([
      { file: "photo_001.jpg", blobKey: "key-1", bytes: 100 },
      { file: "photo_002.jpg", blobKey: "key-3", bytes: 300 },
    ]);
  });
});
