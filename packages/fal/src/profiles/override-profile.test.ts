import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { falProfiles } from "./fal-profiles.ts";
import { falProfile, parseFalProfiles } from "./override-profile.ts";

describe("falProfile", () => {
  it("is the standard one without an override", () => {
    expect(falProfile("portrait")).toStrictEqual(ok(falProfiles.portrait));
    expect(falProfile("style", {})).toStrictEqual(ok(falProfiles.style));
  });

  it("replaces what the host names, single presets and limits too", () => {
    const profile = falProfile("style", {
      endpoint: "fal-ai/turbo-flux-trainer",
      triggerField: "trigger_phrase",
      input: { training_style: "style" },
      presets: { fast: { steps: 300, learning_rate: 0.001 } },
      photos: { minimum: 5 },
    });
    expect(profile).toStrictEqual(
      ok({
        ...falProfiles.style,
        endpoint: "fal-ai/turbo-flux-trainer",
        triggerField: "trigger_phrase",
        input: { training_style: "style" },
        presets: { ...falProfiles.style.presets, fast: { steps: 300, learning_rate: 0.001 } },
        photos: { minimum: 5, maximum: 20 },
      }),
    );
  });

  it.each([
    "https://evilfal.run/x",
    "https://fal.run/fal-ai/flux-lora",
    "//evil.example/x",
    "evil.example/x",
    "fal-ai/flux-lora?x=1",
    "fal-ai/../x",
    "fal-ai",
    "fal-ai/",
    " fal-ai/flux-lora",
    "",
  ])("refuses %j as an endpoint", (endpoint) => {
    const message = "endpoint: must be an endpoint id: owner/app or owner/app/path";
    const error = err({ type: "invalid-profile", kind: "portrait", problems: [message] });
    expect(falProfile("portrait", { endpoint })).toStrictEqual(error);
  });

  it.each(["fal-ai/flux-2/lora/edit", "fal-ai/flux-pro/v1.1", "ideogram/v4/trainer", "workflows/owner/name"])(
    "takes %s as an endpoint",
    (inferenceEndpoint) => expect(falProfile("style", { inferenceEndpoint }).isOk()).toBe(true),
  );

  it.each([
    [{ endpiont: "fal-ai/flux-lora" }, 'Unrecognized key: "endpiont"'],
    [{ photos: { minimum: 21 } }, "photos: minimum exceeds maximum"],
    [{ photos: { maximum: 51 } }, "photos.maximum: Too big: expected number to be <=50"],
    [{ presets: { fast: { steps: 0 } } }, "presets.fast.steps: Too small: expected number to be >0"],
    [{ presets: { slow: { steps: 10 } } }, 'presets: Unrecognized key: "slow"'],
    [{ archiveField: "trigger_phrase" }, "triggerField: must not be the archive field"],
    [{ weightsField: "a.b" }, "weightsField: must be the name of a field"],
    [{ pricePerStep: -1 }, "pricePerStep: Too small: expected number to be >=0"],
    [{ kind: "style" }, 'Unrecognized key: "kind"'],
    ["text", "Invalid input: expected object, received string"],
  ])("says what is wrong with %j", (overrides, problem) => {
    const error = err({ type: "invalid-profile", kind: "portrait", problems: [problem] });
    expect(falProfile("portrait", overrides)).toStrictEqual(error);
  });
});

describe("parseFalProfiles", () => {
  it("gives both profiles, each with its own overrides", () => {
    const profiles = parseFalProfiles({ style: { pricePerStep: 0.003 } });
    expect(profiles).toStrictEqual(ok({ ...falProfiles, style: { ...falProfiles.style, pricePerStep: 0.003 } }));
  });

  it("names the profile that is wrong", () => {
    expect(parseFalProfiles({ style: { endpoint: "x" } })._unsafeUnwrapErr().kind).toBe("style");
  });
});
