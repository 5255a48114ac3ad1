import { isObject, type JsonObject } from "../values/json.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import type { ImageSnapshot, PicturePlan, Resemblance } from "./image-order.ts";
import { sizes } from "./ratios.ts";
import type { Recipe } from "./recipe.ts";

/** The strength of an avatar's weights. Above 1.2 faces harden; 1 is the endpoint's own default. */
const scales = { freer: 0.85, normal: 1, closer: 1.15 } as const satisfies Record<Resemblance, number>;

/** What a picture is made from, beside its recipe. */
export interface Ingredients {
  readonly plan: PicturePlan;
  readonly place: number;
  readonly charged: boolean;
  readonly trainingId: string;
  /** The address of the weights. */
  readonly weightsUrl: string;
  /** As it is sent. */
  readonly prompt: string;
  /** The stored picture that this one is made from. */
  readonly source?: { readonly blobKey: string; readonly bytes: number } | undefined;
}

/** Copies what a picture is made from, with its input as the endpoint wants it. */
export function imageSnapshot(recipe: Recipe, { plan, source, ...ingredients }: Ingredients): ImageSnapshot {
  const { prompt, place, charged, trainingId } = ingredients;
  const { endpoint, pictureField, flagsField, weightsField, scaleField, sourceField } = recipe;
  const scale = scales[plan.resemblance];
  return {
    endpoint,
    input: inputOf(recipe, plan, ingredients, scale),
    ...(source && { manifest: [{ file: sourceFile, ...source }] }),
    plan,
    prompt,
    place,
    trainingId,
    charged,
    pictureField,
    ...withoutUndefined({
      flagsField,
      sourceField,
      weightsField,
      scaleField: weightsField === undefined ? undefined : scaleField,
      scale: weightsField === undefined ? undefined : scale,
    }),
  };
}

function inputOf(
  { input, promptField, sizeField, ratioField, seedField, ...fields }: Recipe,
  { ratio, seed }: PicturePlan,
  { prompt, weightsUrl }: Pick<Ingredients, "prompt" | "weightsUrl">,
  scale: number,
): JsonObject {
  const { width, height } = sizes[ratio];
  return {
    ...input,
    ...(promptField && { [promptField]: prompt }),
    ...weightsInput(fields, weightsUrl, scale),
    ...(sizeField && { [sizeField]: { width, height } }),
    ...(ratioField && { [ratioField]: ratio }),
    ...(seedField && { [seedField]: seed }),
  };
}

type WeightsFields = Pick<Recipe, "weightsField" | "scaleField">;

/** What the fields of the weights take. */
export function weightsInput({ weightsField, scaleField }: WeightsFields, path: string, scale: number): JsonObject {
  if (weightsField === undefined) return {};
  return scaleField === undefined
    ? { [weightsField]: [{ path, scale }] }
    : { [weightsField]: path, [scaleField]: scale };
}

/** The address of the weights in an input. */
export function weightsAddressIn(input: JsonObject, weightsField: string | undefined): string | undefined {
  const given = weightsField === undefined ? undefined : input[weightsField];
  if (typeof given === "string") return given;
  const [first] = Array.isArray(given) ? given : [];
  return isObject(first) && typeof first["path"] === "string" ? first["path"] : undefined;
}

/** Name of the weights among the files that are uploaded. */
export const weightsFile = "weights";

/** Name of the source picture in an order's manifest. */
const sourceFile = "source";

/**
 * The seed of an order, from 0 to 2³¹ − 1, taken from the random end of its id. fal's own seeds exceed what a number in
 * JSON can hold, and a seed of our own is how a lost request is found.
 */
export const seedOf = (orderId: string): number =>
  Number.parseInt(orderId.replaceAll("-", "").slice(-8), 16) & 0x7fff_ffff;
