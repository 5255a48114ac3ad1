import type { ManifestEntry } from "../orders/order.ts";
import type { Photo } from "../photos/photo.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import type { Preset, Profile } from "./profile.ts";
import type { TrainingSnapshot } from "./training.ts";

/**
 * Copies what a training is made from: the profile, the preset, the trigger and the accepted photos, in their order.
 */
export function takeSnapshot(
  avatarId: string,
  profile: Profile,
  preset: Preset,
  photos: readonly Photo[],
): TrainingSnapshot {
  const trigger = triggerOf(avatarId);
  const { input, presets, photos: limits, pricePerStep: _price, triggerField, stepsField = "steps", ...kept } = profile;
  const { steps, ...presetInput } = presets[preset];
  return {
    ...withoutUndefined(kept),
    preset,
    input: { ...input, [stepsField]: steps, ...presetInput, ...(triggerField && { [triggerField]: trigger }) },
    steps,
    trigger,
    manifest: manifestOf(photos).slice(0, limits.maximum),
  };
}

/** Taken from the random end of the UUIDv7: its beginning is the time, which avatars created together share. */
const triggerOf = (avatarId: string): string => `TOK_${avatarId.replaceAll("-", "").slice(-8)}`;

const manifestOf = (photos: readonly Photo[]): ManifestEntry[] =>
  photos
    .flatMap(({ state }) => (state.status === "accepted" ? [state] : []))
    .map(({ blobKey, facts }, index) => ({
      file: `photo_${String(index + 1).padStart(3, "0")}.jpg`,
      blobKey,
      bytes: facts.bytes,
    }));
