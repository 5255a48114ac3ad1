import type { Outcome } from "@likeness/core";
import { z } from "zod";
import { falFile, outcomeFile } from "./fal-file.ts";

/**
 * The images in a generator's result, as `image_1`, `image_2` and so on; `undefined` when there is none or a URL is not
 * allowed. https://fal.ai/models/fal-ai/flux-lora/api#schema-output
 */
export function readImages(result: unknown): Outcome | undefined {
  const images = output.safeParse(result).data?.images;
  return images && Object.fromEntries(images.map((image, index) => [`image_${index + 1}`, outcomeFile(image)]));
}

const output = z.object({ images: z.array(falFile).min(1) });
