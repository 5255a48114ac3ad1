import type { AvatarKind } from "../avatars/avatar.ts";
import type { WeightsFormat } from "./model.ts";
import type { JsonObject } from "../values/json.ts";

export const presets = ["fast", "balanced", "quality"] as const;
export type Preset = (typeof presets)[number];

/** The preset of a training for which none is chosen. */
export const defaultPreset: Preset = "balanced";

/** What a preset adds to the fixed input of its profile. */
export interface PresetInput extends JsonObject {
  /** Training steps, which determine both price and duration. */
  readonly steps: number;
}

/** The number of photos that a training accepts. */
export interface PhotoLimits {
  readonly minimum: number;
  readonly maximum: number;
}

/** A trainer described as data. A new trainer is a new profile, not new code. */
export interface Profile {
  readonly kind: AvatarKind;
  /** The provider's name for the trainer, e.g. `fal-ai/flux-lora-portrait-trainer`. */
  readonly endpoint: string;
  /** The endpoint that makes images with the resulting weights. */
  readonly inferenceEndpoint: string;
  /** Field of the input that takes the URL of the photo archive. */
  readonly archiveField: string;
  /** Field of the input that takes the trigger word. */
  readonly triggerField: string;
  /** Field of the result that holds the weights file. */
  readonly weightsField: string;
  /** File format of the weights, default `safetensors`. Other bytes are not stored as a model. */
  readonly weightsFormat?: WeightsFormat | undefined;
  /** Field of the result that holds the training's configuration file, which is JSON. */
  readonly configField: string;
  /** Input sent with every preset. */
  readonly input: JsonObject;
  readonly presets: Readonly<Record<Preset, PresetInput>>;
  readonly photos: PhotoLimits;
  /** US dollars. */
  readonly pricePerStep: number;
}
