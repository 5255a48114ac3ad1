import { err, ok, type Result } from "neverthrow";
import { avatarKinds, type AvatarKind } from "../avatars/avatar.ts";
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

/**
 * A trainer described as data. A new trainer is a new profile, not new code. What else the profile of a provider has,
 * e.g. names of fields, is JSON; it is stored with each order, where the adapter reads it.
 */
export interface Profile {
  readonly kind: AvatarKind;
  /** The provider's name for the trainer, e.g. `fal-ai/flux-lora-portrait-trainer`. */
  readonly endpoint: string;
  /** Field of the input that takes the trigger word; absent where the trainer knows none. */
  readonly triggerField?: string | undefined;
  /** Field of the input that takes the steps of the preset; absent: `steps`. */
  readonly stepsField?: string | undefined;
  /** File format of the weights, default `safetensors`. Other bytes are not stored as a model. */
  readonly weightsFormat?: WeightsFormat | undefined;
  /** Input sent with every preset. */
  readonly input: JsonObject;
  readonly presets: Readonly<Record<Preset, PresetInput>>;
  readonly photos: PhotoLimits;
  /** US dollars; absent: a training costs nothing. */
  readonly pricePerStep?: number | undefined;
}

/** The profiles of a deployment. A kind without one is not offered. */
export type Profiles = { readonly [Kind in AvatarKind]?: Profile | undefined };

/** The deployment has no profile for avatars of this kind. */
export interface KindUnavailable {
  readonly type: "kind-unavailable";
  readonly kind: AvatarKind;
}

/** The kinds of avatar that a deployment offers, in the order in which people are asked. */
export const offeredKinds = (profiles: Profiles): AvatarKind[] =>
  avatarKinds.filter((kind) => profiles[kind] !== undefined);

/** Of an avatar whose kind is not offered any more: it can be looked at, but not trained. */
const usualLimits: PhotoLimits = { minimum: 10, maximum: 20 };

export const photoLimits = (profiles: Profiles, kind: AvatarKind): PhotoLimits => profiles[kind]?.photos ?? usualLimits;

export const profileFor = (profiles: Profiles, kind: AvatarKind): Result<Profile, KindUnavailable> => {
  const profile = profiles[kind];
  return profile ? ok(profile) : err({ type: "kind-unavailable", kind });
};
