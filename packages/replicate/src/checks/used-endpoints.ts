import type { Profile, ProviderUses, Recipe } from "@likeness/core";
import { archiveField } from "../requests/archive-field.ts";

/** A model of this deployment, and the fields of its input that are sent. */
export interface UsedEndpoint {
  readonly endpoint: string;
  readonly trains: boolean;
  readonly sent: readonly string[];
}

/** The models of profiles and recipes, each once. */
export function usedEndpoints({ profiles = {}, recipes }: ProviderUses): readonly UsedEndpoint[] {
  const trainers = Object.values(profiles).flatMap((profile) => (profile ? [ofProfile(profile)] : []));
  const pictures = recipes ? [recipes.image, recipes.variation, recipes.upscale].map(ofRecipe) : [];
  const byName = new Map<string, UsedEndpoint>();
  for (const each of [...trainers, ...pictures]) {
    const sent = [...(byName.get(each.endpoint)?.sent ?? []), ...each.sent];
    byName.set(each.endpoint, { ...each, sent: [...new Set(sent)] });
  }
  return [...byName.values()];
}

const ofProfile = (profile: Profile): UsedEndpoint => ({
  endpoint: profile.endpoint,
  trains: true,
  sent: [
    archiveField(profile),
    ...(profile.triggerField === undefined ? [] : [profile.triggerField]),
    ...Object.keys(profile.input),
    ...Object.values(profile.presets).flatMap((preset) =>
      Object.keys(preset).map((field) => (field === "steps" ? (profile.stepsField ?? "steps") : field)),
    ),
  ],
});

const ofRecipe = ({ endpoint, input, ...fields }: Recipe): UsedEndpoint => ({
  endpoint,
  trains: false,
  sent: [
    ...Object.keys(input),
    ...[
      fields.promptField,
      fields.weightsField,
      fields.scaleField,
      fields.sizeField,
      fields.ratioField,
      fields.sourceField,
      fields.seedField,
    ].filter((field) => field !== undefined),
  ],
});
