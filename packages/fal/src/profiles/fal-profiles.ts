import type { AvatarKind } from "@likeness/core";
import type { FalProfile } from "./trainer-fields.ts";

const photos = { minimum: 10, maximum: 20 } as const;

/** Both trainers yield a LoRA for FLUX.1 [dev], with which this endpoint makes images. */
const inferenceEndpoint = "fal-ai/flux-lora";

/**
 * The default trainers. Inputs: https://fal.ai/models/fal-ai/flux-lora-portrait-trainer/api and
 * https://fal.ai/models/fal-ai/flux-lora-fast-training/api. fal's prices change; the portrait trainer bills at least
 * 1,000 steps.
 */
export const falProfiles = {
  portrait: {
    kind: "portrait",
    endpoint: "fal-ai/flux-lora-portrait-trainer",
    inferenceEndpoint,
    archiveField: "images_data_url",
    triggerField: "trigger_phrase",
    weightsField: "diffusers_lora_file",
    weightsFormat: "safetensors",
    configField: "config_file",
    input: { multiresolution_training: true, subject_crop: true, create_masks: true },
    presets: {
      fast: { steps: 500, learning_rate: 3e-4 },
      balanced: { steps: 1000, learning_rate: 2e-4 },
      quality: { steps: 2500, learning_rate: 1e-4 },
    },
    photos,
    pricePerStep: 0.0024,
  },
  style: {
    kind: "style",
    endpoint: "fal-ai/flux-lora-fast-training",
    inferenceEndpoint,
    archiveField: "images_data_url",
    triggerField: "trigger_word",
    weightsField: "diffusers_lora_file",
    weightsFormat: "safetensors",
    configField: "config_file",
    input: { is_style: true, create_masks: false },
    presets: { fast: { steps: 500 }, balanced: { steps: 1000 }, quality: { steps: 2000 } },
    photos,
    pricePerStep: 0.002,
  },
} as const satisfies Record<AvatarKind, FalProfile>;
