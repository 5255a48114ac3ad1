import type { Recipes } from "@likeness/core";

/** fal's own defaults, stated so that a change of theirs changes no picture, and one picture per request. */
const input = {
  num_inference_steps: 28,
  guidance_scale: 3.5,
  num_images: 1,
  output_format: "jpeg",
  enable_safety_checker: true,
  // "regular" is faster, at an unknown cost to faces.
  acceleration: "none",
} as const;

/** The same fields of all endpoints for LoRAs of FLUX.1 [dev], which is what both of the default trainers yield. */
const flux = {
  promptField: "prompt",
  weightsField: "loras",
  sizeField: "image_size",
  seedField: "seed",
  pictureField: "images",
  flagsField: "has_nsfw_concepts",
  // Per started megapixel. fal's pages do not give the price of image-to-image, so it counts as much as flux-lora.
  pricePerMegapixel: 0.035,
} as const;

/**
 * The default recipes. Inputs and prices: https://fal.ai/models/fal-ai/flux-lora/api,
 * https://fal.ai/models/fal-ai/flux-lora/image-to-image/api and https://fal.ai/models/fal-ai/seedvr/upscale/image/api.
 * fal's prices change.
 */
export const falRecipes = {
  image: { endpoint: "fal-ai/flux-lora", input, ...flux },
  variation: {
    endpoint: "fal-ai/flux-lora/image-to-image",
    // fal's default is 0.85. FLUX changes little below 0.75 and much above it:
    // https://github.com/lllyasviel/stable-diffusion-webui-forge/issues/2567
    input: { ...input, strength: 0.8 },
    ...flux,
    sourceField: "image_url",
  },
  upscale: {
    endpoint: "fal-ai/seedvr/upscale/image",
    input: { upscale_mode: "factor", upscale_factor: 2, output_format: "jpg" },
    sourceField: "image_url",
    seedField: "seed",
    pictureField: "image",
    pricePerMegapixel: 0.001,
  },
} as const satisfies Recipes;
