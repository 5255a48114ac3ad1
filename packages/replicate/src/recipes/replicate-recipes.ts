import type { Recipes } from "@likeness/core";

/** Stated, so that a change of Replicate's defaults changes no picture. With `go_fast` a seed gives another picture each time. */
const input = {
  num_outputs: 1,
  num_inference_steps: 28,
  guidance: 3,
  megapixels: "1",
  output_format: "png",
  go_fast: false,
} as const;

/** The official model for LoRAs of FLUX.1 [dev]. It takes weights by an address that ends with `.tar` or `.safetensors`. */
const flux = {
  endpoint: "black-forest-labs/flux-dev-lora",
  promptField: "prompt",
  weightsField: "lora_weights",
  scaleField: "lora_scale",
  seedField: "seed",
  pictureField: "output",
  pricePerMegapixel: 0.025,
} as const;

/** The default recipes. Replicate's prices change. */
export const replicateRecipes = {
  image: { ...flux, input, ratioField: "aspect_ratio" },
  variation: { ...flux, input: { ...input, prompt_strength: 0.8 }, ratioField: "aspect_ratio", sourceField: "image" },
  upscale: {
    // Community models need a version.
    endpoint: "nightmareai/real-esrgan:f121d640bd286e1fdc67f9799164c1d5be36ff74576ee11c803ae5b665dd46aa",
    input: { scale: 2, face_enhance: false },
    sourceField: "image",
    pictureField: "output",
    pricePerMegapixel: 0.002,
  },
} as const satisfies Recipes;
