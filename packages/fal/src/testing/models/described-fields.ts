import type { Endpoint } from "./endpoints.ts";
import { pictureInputs } from "./picture-inputs.ts";

interface DescribedInput {
  readonly fields: readonly string[];
  readonly required: readonly string[];
}

/** Fields of the trainers beside their archive. https://fal.ai/models/fal-ai/flux-lora-portrait-trainer/api */
const trainerFields = [
  "steps",
  "learning_rate",
  "trigger_word",
  "trigger_phrase",
  "is_style",
  "create_masks",
  "subject_crop",
  "multiresolution_training",
  "data_archive_format",
];

/** What the schema of an endpoint says about its input. */
export function describedInput(endpoint: Endpoint): DescribedInput {
  if (endpoint.kind === "trainer")
    return { fields: [endpoint.archiveField, ...trainerFields], required: [endpoint.archiveField] };
  const { shape } = pictureInputs[endpoint.makesFrom];
  const required = Object.entries(shape).filter(([, field]) => !field.safeParse(undefined).success);
  return { fields: Object.keys(shape), required: required.map(([name]) => name) };
}

/** What it says about its result. */
export function describedOutput(endpoint: Endpoint): readonly string[] {
  if (endpoint.kind === "trainer") return [endpoint.weightsField, "config_file"];
  return endpoint.makesFrom === "upscale"
    ? ["image", "seed"]
    : ["images", "timings", "seed", "has_nsfw_concepts", "prompt"];
}
