import { z } from "zod";

/**
 * Inputs of the endpoints that make pictures, with fal's bounds and defaults, e.g.
 * https://fal.ai/models/fal-ai/flux-lora/api. fal ignores what it does not know; here that is an error, because it is one
 * of the caller.
 */
const side = z.int().min(1).max(14_142);

/** fal's names of sizes, in pixels. */
export const sizesByName = {
  square_hd: { width: 1024, height: 1024 },
  square: { width: 512, height: 512 },
  portrait_4_3: { width: 768, height: 1024 },
  portrait_16_9: { width: 576, height: 1024 },
  landscape_4_3: { width: 1024, height: 768 },
  landscape_16_9: { width: 1024, height: 576 },
} as const;

const sizeName = z.enum(Object.keys(sizesByName) as [keyof typeof sizesByName]);

const ownSize = z.strictObject({ width: side.default(512), height: side.default(512) });

const lora = z.strictObject({ path: z.string(), scale: z.number().default(1), force: z.boolean().optional() });

const seed = z.int().optional();

const flux = {
  prompt: z.string(),
  loras: z.array(lora).default([]),
  num_inference_steps: z.int().min(1).max(50).default(28),
  guidance_scale: z.number().min(0).max(35).default(3.5),
  seed,
  num_images: z.int().min(1).max(4).default(1),
  output_format: z.enum(["jpeg", "png"]).default("jpeg"),
  enable_safety_checker: z.boolean().default(true),
  acceleration: z.enum(["none", "regular"]).default("none"),
  sync_mode: z.boolean().default(false),
};

const size = z.union([sizeName, ownSize]);

export const fluxInput = z.strictObject({ ...flux, image_size: size.default("landscape_4_3") });

export const imageToImageInput = z.strictObject({
  ...flux,
  image_url: z.string(),
  image_size: size.optional(),
  strength: z.number().min(0.01).max(1).default(0.85),
});

export const upscaleInput = z.strictObject({
  image_url: z.string(),
  upscale_mode: z.enum(["target", "factor"]).default("factor"),
  upscale_factor: z.number().min(1).max(10).default(2),
  target_resolution: z.enum(["720p", "1080p", "1440p", "2160p"]).default("1080p"),
  noise_scale: z.number().min(0).max(1).default(0.1),
  output_format: z.enum(["png", "jpg", "webp"]).default("jpg"),
  seed,
  sync_mode: z.boolean().default(false),
});

/** What each kind of endpoint takes. */
export const pictureInputs = {
  text: fluxInput,
  image: imageToImageInput,
  upscale: upscaleInput,
} as const;
