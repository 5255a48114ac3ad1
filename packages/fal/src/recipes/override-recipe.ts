import type { Recipe, Recipes } from "@likeness/core";
import { Result, err, ok } from "neverthrow";
import { z } from "zod";
import { endpointId, fieldName, modelInput, problemsOf } from "../profiles/field-schemas.ts";
import { falRecipes } from "./fal-recipes.ts";

/** The override of a recipe is invalid. Each problem names the field and the mistake, but not the value. */
export interface InvalidRecipe {
  readonly type: "invalid-recipe";
  readonly makes: keyof Recipes;
  readonly problems: readonly string[];
}

/**
 * A recipe with some fields replaced; `null` removes an optional one. `overrides` may come from a settings file.
 *
 * @example
 * const recipe = falRecipe("image", { endpoint: "fal-ai/flux-2/lora", flagsField: null });
 */
export function falRecipe(makes: keyof Recipes, overrides: unknown = {}): Result<Recipe, InvalidRecipe> {
  const invalid = (error: z.ZodError) => err({ type: "invalid-recipe", makes, problems: problemsOf(error) } as const);
  const checked = override.safeParse(overrides);
  if (!checked.success) return invalid(checked.error);
  const merged = Object.entries({ ...falRecipes[makes], ...checked.data }).filter(([, value]) => value !== null);
  const parsed = recipe.safeParse(Object.fromEntries(merged));
  return parsed.success ? ok(parsed.data) : invalid(parsed.error);
}

/** All recipes, with a host's overrides for each. */
export const parseFalRecipes = (
  overrides: { readonly [Makes in keyof Recipes]?: unknown } = {},
): Result<Recipes, InvalidRecipe> =>
  Result.combine([
    falRecipe("image", overrides.image),
    falRecipe("variation", overrides.variation),
    falRecipe("upscale", overrides.upscale),
  ]).map(([image, variation, upscale]) => ({ image, variation, upscale }));

const required = {
  endpoint: endpointId,
  input: modelInput
    // The picture would come inside the result, and fal would not list the request.
    .refine((input) => !Object.hasOwn(input, "sync_mode"), "must not have sync_mode")
    .refine(({ num_images = 1 }) => num_images === 1, "must ask for one picture"),
  seedField: fieldName,
  pictureField: fieldName,
  pricePerMegapixel: z.number().nonnegative(),
};

const optional = {
  promptField: fieldName.optional(),
  weightsField: fieldName.optional(),
  sizeField: fieldName.optional(),
  sourceField: fieldName.optional(),
  flagsField: fieldName.optional(),
};

const removable = {
  promptField: fieldName.nullish(),
  weightsField: fieldName.nullish(),
  sizeField: fieldName.nullish(),
  sourceField: fieldName.nullish(),
  flagsField: fieldName.nullish(),
} satisfies Record<keyof typeof optional, unknown>;

const override = z.strictObject({ ...z.object(required).partial().shape, ...removable });

const recipe = z
  .object({ ...required, ...optional })
  .refine(hasDistinctFields, "two fields of the input have the same name");

/** Otherwise one value of an order would replace another. */
function hasDistinctFields(fields: { readonly [Field in InputField]?: string | undefined }): boolean {
  const names = inputFields.map((name) => fields[name]).filter((name) => name !== undefined);
  return new Set(names).size === names.length;
}

const inputFields = ["promptField", "weightsField", "sizeField", "sourceField", "seedField"] as const;
type InputField = (typeof inputFields)[number];
