import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { falRecipes } from "./fal-recipes.ts";
import { falRecipe, parseFalRecipes } from "./override-recipe.ts";

describe("falRecipe", () => {
  it.each(["image", "variation", "upscale"] as const)("is the standard one of %s without an override", (makes) =>
    expect(falRecipe(makes)).toStrictEqual(ok(falRecipes[makes])),
  );

  it("replaces what the host names, and removes what it sets to null", () => {
    const overrides = { endpoint: "fal-ai/ernie-image/lora", input: { num_inference_steps: 50 }, flagsField: null };
    const { flagsField: _flagsField, ...others } = falRecipes.image;
    expect(falRecipe("image", overrides)).toStrictEqual(
      ok({ ...others, endpoint: "fal-ai/ernie-image/lora", input: { num_inference_steps: 50 } }),
    );
  });

  it.each([
    [{ endpoint: "https://evilfal.run/x" }, "endpoint: must be an endpoint id: owner/app or owner/app/path"],
    [{ input: { sync_mode: true } }, "input: must not have sync_mode"],
    [{ input: { sync_mode: false } }, "input: must not have sync_mode"],
    [{ input: { num_images: 4 } }, "input: must ask for one picture"],
    [{ seedField: null }, "seedField: Invalid input: expected string, received null"],
    [{ pictureField: "a.b" }, "pictureField: must be the name of a field"],
    [{ sourceField: "seed" }, "two fields of the input have the same name"],
    [{ pricePerMegapixel: -1 }, "pricePerMegapixel: Too small: expected number to be >=0"],
    [{ endpiont: "fal-ai/flux-lora" }, 'Unrecognized key: "endpiont"'],
    ["text", "Invalid input: expected object, received string"],
  ])("says what is wrong with %j", (overrides, problem) =>
    expect(falRecipe("image", overrides)).toStrictEqual(
      err({ type: "invalid-recipe", makes: "image", problems: [problem] }),
    ),
  );
});

describe("parseFalRecipes", () => {
  it("is all recipes, each with its own override", () =>
    expect(parseFalRecipes({ upscale: { pricePerMegapixel: 0.002 } })).toStrictEqual(
      ok({ ...falRecipes, upscale: { ...falRecipes.upscale, pricePerMegapixel: 0.002 } }),
    ));

  it("names what is wrong", () =>
    expect(parseFalRecipes({ variation: { endpoint: "x" } })._unsafeUnwrapErr().makes).toBe("variation"));
});
