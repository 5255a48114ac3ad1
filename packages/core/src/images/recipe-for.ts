import { err, ok, type Result } from "neverthrow";
import type { Ports } from "../ports/ports.ts";
import { imagesOf, recipesOf } from "./image-ports.ts";
import type { Recipe, Recipes } from "./recipe.ts";
import type { ServingModel } from "./serving-model.ts";

/** The avatar's model is of a provider at which this deployment makes no pictures any more. */
export interface ModelElsewhere {
  readonly type: "model-elsewhere";
  readonly avatarId: string;
  /** Its name, e.g. `fal`. */
  readonly provider: string;
}

/** What a picture is asked for by, and the name of the provider that takes it. */
export interface RecipeOfProvider {
  readonly recipe: Recipe;
  readonly provider: string;
}

/**
 * A model stays at the provider that trained it: others may not read its files, run another base model, or have no licence for
 * it. What needs no model is asked of the provider of new orders.
 */
export function recipeFor(
  ports: Pick<Ports, "images" | "provider">,
  name: keyof Recipes,
  { avatarId, provider }: Pick<ServingModel, "provider"> & { readonly avatarId: string },
): Result<RecipeOfProvider, ModelElsewhere> {
  const images = imagesOf(ports);
  const recipe = images.recipes[name];
  if (recipe.weightsField === undefined) return ok({ recipe, provider: ports.provider.name });
  const own = recipesOf(images, provider);
  return own ? ok({ recipe: own[name], provider }) : err({ type: "model-elsewhere", avatarId, provider });
}
