import type { AvatarKind, Profile } from "@likeness/core";

/** A trainer at Replicate, described as data. */
export interface ReplicateProfile extends Profile {
  /** `owner/name:version`: a trainer changes with its version. */
  readonly endpoint: string;
  /** Field of the input that takes the URL of the photo archive. */
  readonly archiveField: string;
}

const photos = { minimum: 10, maximum: 20 } as const;

/** As the trainer's own README names it; look at https://replicate.com/replicate/fast-flux-trainer for newer ones. */
const endpoint = "replicate/fast-flux-trainer:8b10794665aed907bb98a1a5324cd1d3a8bea0e9b31e65210967fb9c9e2e08ed";

/** Replicate bills by time: about 1.50 dollars for 1,000 steps. */
const trainer = {
  endpoint,
  archiveField: "input_images",
  triggerField: "trigger_word",
  stepsField: "training_steps",
  weightsFormat: "safetensors",
  presets: { fast: { steps: 500 }, balanced: { steps: 1000 }, quality: { steps: 2000 } },
  photos,
  pricePerStep: 0.0015,
} as const;

/**
 * The default trainers: a LoRA for FLUX.1 [dev], which may be used commercially only when it is run at Replicate. Hosts
 * replace fields by a spread.
 */
export const replicateProfiles = {
  portrait: { kind: "portrait", ...trainer, input: { lora_type: "subject" } },
  style: { kind: "style", ...trainer, input: { lora_type: "style" } },
} as const satisfies Record<AvatarKind, ReplicateProfile>;
