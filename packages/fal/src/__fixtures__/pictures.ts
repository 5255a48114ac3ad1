import type { ImageOrder, ImageSnapshot, JsonObject, Recipes } from "@likeness/core";
import { aProviderRequest, aTraining } from "@likeness/testing";
import { falRecipes } from "../recipes/fal-recipes.ts";

export const loraUrl = "https://v3.fal.media/files/a/lora.safetensors";

/** The snapshot of a picture that is made by one of the default recipes. */
export function aPictureSnapshot(makes: keyof Recipes, input: JsonObject = {}): ImageSnapshot {
  const recipe: Recipes[keyof Recipes] = falRecipes[makes];
  const { promptField, weightsField, seedField, pictureField, flagsField, sourceField } = recipe;
  return {
    endpoint: recipe.endpoint,
    input: {
      ...recipe.input,
      ...(promptField !== undefined && { [promptField]: "TOK_0a1b2c3d woman in a library" }),
      ...(weightsField !== undefined && { [weightsField]: [{ path: loraUrl, scale: 1 }] }),
      ...(seedField !== undefined && { [seedField]: 7 }),
      ...input,
    },
    plan: { from: makes === "image" ? "words" : makes, ratio: "1:1", seed: 7, resemblance: "normal" },
    prompt: "TOK_0a1b2c3d woman in a library",
    place: 1,
    trainingId: "training-1",
    charged: true,
    pictureField,
    flagsField,
    sourceField,
    weightsField,
  };
}

/** An order of a picture, on its way to fal unless it is said otherwise. */
export function aPictureOrder(
  snapshot: ImageSnapshot = aPictureSnapshot("image"),
  state: ImageOrder["state"] = {
    status: "submitting",
    prepared: { input: {} },
    submitStartedAt: "2026-11-23T06:00:00.000Z",
  },
): ImageOrder {
  const { id, avatarId, ownerId, createdAt, version } = aTraining("requested");
  const kind = snapshot.plan.from === "upscale" ? "upscale" : "image";
  return { id, kind, avatarId, ownerId, provider: "fal", idempotencyKey: id, snapshot, state, createdAt, version };
}

/** One that fal accepted as request `R`. */
export const aSubmittedPicture = (snapshot?: ImageSnapshot): ImageOrder =>
  aPictureOrder(snapshot, {
    status: "submitted",
    prepared: { input: {} },
    request: aProviderRequest({ requestId: "R" }),
    submittedAt: "2026-11-23T06:00:00.000Z",
    progress: {},
  });
