import { presets as presetNames, type AvatarKind, type Preset } from "@likeness/core";
import { Result, err, ok } from "neverthrow";
import { z } from "zod";
import { falProfiles } from "./fal-profiles.ts";
import type { FalProfile } from "./trainer-fields.ts";
import { endpointId, fieldName, modelInput, problemsOf } from "./field-schemas.ts";

/** The override of a profile is invalid. Each problem names the field and the mistake, but not the value. */
export interface InvalidProfile {
  readonly type: "invalid-profile";
  readonly kind: AvatarKind;
  readonly problems: readonly string[];
}

/**
 * A profile with some fields replaced; of `presets` and `photos`, single entries can be. `overrides` may come from a
 * settings file.
 *
 * @example
 * const profile = falProfile("portrait", { endpoint: "fal-ai/turbo-flux-trainer", photos: { minimum: 12 } });
 */
export function falProfile(kind: AvatarKind, overrides: unknown = {}): Result<FalProfile, InvalidProfile> {
  const checked = override.safeParse(overrides);
  if (!checked.success) return err(invalid(kind, checked.error));
  const standard = falProfiles[kind];
  const { presets, photos, ...fields } = checked.data;
  const merged = profile.safeParse({
    ...standard,
    ...fields,
    presets: { ...standard.presets, ...presets },
    photos: { ...standard.photos, ...photos },
  });
  return merged.success ? ok({ ...merged.data, kind }) : err(invalid(kind, merged.error));
}

/** Both profiles, with a host's overrides for either. */
export const parseFalProfiles = (
  overrides: { readonly [Kind in AvatarKind]?: unknown } = {},
): Result<Record<AvatarKind, FalProfile>, InvalidProfile> =>
  falProfile("portrait", overrides.portrait).andThen((portrait) =>
    falProfile("style", overrides.style).map((style) => ({ portrait, style })),
  );

const invalid = (kind: AvatarKind, error: z.ZodError): InvalidProfile => ({
  type: "invalid-profile",
  kind,
  problems: problemsOf(error),
});

const preset = modelInput.and(z.object({ steps: z.number().int().positive().max(100_000) }));

const photoLimits = z.strictObject({ minimum: z.number().int().min(1), maximum: z.number().int().max(50) });

const fields = {
  endpoint: endpointId,
  inferenceEndpoint: endpointId,
  archiveField: fieldName,
  triggerField: fieldName,
  weightsField: fieldName,
  weightsFormat: z.enum(["safetensors", "any"]).optional(),
  configField: fieldName,
  input: modelInput,
  pricePerStep: z.number().nonnegative(),
};

const presetsOf = Object.fromEntries(presetNames.map((name) => [name, preset])) as Record<Preset, typeof preset>;

const override = z
  .strictObject({ ...fields, presets: z.strictObject(presetsOf).partial(), photos: photoLimits.partial() })
  .partial();

const profile = z
  .object({ ...fields, presets: z.object(presetsOf), photos: photoLimits })
  .refine(({ photos }) => photos.minimum <= photos.maximum, { path: ["photos"], message: "minimum exceeds maximum" })
  .refine(({ archiveField, triggerField }) => archiveField !== triggerField, {
    path: ["triggerField"],
    message: "must not be the archive field",
  });
