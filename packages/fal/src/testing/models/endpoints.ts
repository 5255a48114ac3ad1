/** An endpoint as far as the fake plays it. */
export type Endpoint = Trainer | Generator;

export interface Trainer {
  readonly kind: "trainer";
  /** Input field with the URL of the zip. */
  readonly archiveField: string;
  /** Output field with the LoRA. */
  readonly weightsField: string;
  readonly steps: Steps;
  /** US dollars per step. */
  readonly price: number;
}

export interface Generator {
  readonly kind: "generator";
  /** What it makes a picture from. */
  readonly makesFrom: "text" | "image" | "upscale";
  readonly steps: Steps;
  /** US dollars per megapixel. */
  readonly price: number;
}

interface Steps {
  readonly usual: number;
  readonly least: number;
  readonly most: number;
}

const steps = (usual: number, least: number, most: number): Steps => ({ usual, least, most });

const trainer = (archiveField: string, range: Steps, price: number, weightsField = "diffusers_lora_file"): Trainer => ({
  kind: "trainer",
  archiveField,
  weightsField,
  steps: range,
  price,
});

const generator = (makesFrom: Generator["makesFrom"], price: number): Generator => ({
  kind: "generator",
  makesFrom,
  steps: steps(28, 1, 50),
  price,
});

/** Fields, ranges and prices as on each model's page, e.g. https://fal.ai/models/fal-ai/flux-lora-fast-training/api */
const endpoints: Readonly<Record<string, Endpoint>> = {
  "fal-ai/flux-lora-fast-training": trainer("images_data_url", steps(1000, 1, 10_000), 0.002),
  "fal-ai/flux-lora-portrait-trainer": trainer("images_data_url", steps(2500, 1, 10_000), 0.0024),
  "fal-ai/turbo-flux-trainer": trainer("images_data_url", steps(1000, 1, 10_000), 0.0024),
  "fal-ai/flux-krea-trainer": trainer("images_data_url", steps(1000, 1, 10_000), 0.002),
  "fal-ai/flux-2-trainer": trainer("image_data_url", steps(1000, 100, 10_000), 0.0064),
  "fal-ai/qwen-image-trainer": trainer("image_data_url", steps(1000, 1, 8000), 0.002, "lora_file"),
  "fal-ai/z-image-trainer": trainer("image_data_url", steps(1000, 100, 10_000), 0.00226),
  "fal-ai/krea-2-trainer": trainer("images_data_url", steps(100, 1, 10_000), 0.003, "lora_file"),
  "fal-ai/wan-22-image-trainer": trainer("training_data_url", steps(1000, 10, 6000), 0.0045),
  "fal-ai/flux-lora": generator("text", 0.035),
  "fal-ai/flux-lora/image-to-image": generator("image", 0.035),
  "fal-ai/seedvr/upscale/image": generator("upscale", 0.001),
};

/** Everything on sale, for the price list. */
export const endpointIds = (): readonly string[] => Object.keys(endpoints);

export const findEndpoint = (id: string): Endpoint | undefined =>
  Object.hasOwn(endpoints, id) ? endpoints[id] : undefined;
