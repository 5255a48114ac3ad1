import type { Profile, ProviderUses, Recipe } from "@likeness/core";
import { trainerFields } from "../profiles/trainer-fields.ts";

/** An endpoint of this deployment, and the fields that it has to have. */
export interface UsedEndpoint {
  readonly endpoint: string;
  /** Fields of the input that are sent. */
  readonly sent: readonly string[];
  /** Fields of the result that are read. */
  readonly read: readonly string[];
}

/** The endpoints of profiles and recipes, each once. */
export function usedEndpoints({ profiles = {}, recipes }: ProviderUses): readonly UsedEndpoint[] {
  const trainers = Object.values(profiles).flatMap((profile) => (profile ? [ofProfile(profile)] : []));
  const pictures = recipes ? [recipes.image, recipes.variation, recipes.upscale].map(ofRecipe) : [];
  const byName = new Map<string, UsedEndpoint>();
  for (const each of [...trainers, ...pictures]) {
    const { sent = [], read = [] } = byName.get(each.endpoint) ?? {};
    byName.set(each.endpoint, {
      endpoint: each.endpoint,
      sent: [...new Set([...sent, ...each.sent])],
      read: [...new Set([...read, ...each.read])],
    });
  }
  return [...byName.values()];
}

function ofProfile(profile: Profile): UsedEndpoint {
  const { archiveField, weightsField, configField } = trainerFields(profile);
  const { endpoint, triggerField, stepsField = "steps", input, presets } = profile;
  const ofPresets = Object.values(presets).flatMap((preset) =>
    Object.keys(preset).map((field) => (field === "steps" ? stepsField : field)),
  );
  return {
    endpoint,
    sent: [archiveField, ...(triggerField === undefined ? [] : [triggerField]), ...Object.keys(input), ...ofPresets],
    read: [weightsField, configField],
  };
}

const ofRecipe = ({ endpoint, input, ...fields }: Recipe): UsedEndpoint => ({
  endpoint,
  sent: [
    ...Object.keys(input),
    ...[fields.promptField, fields.weightsField, fields.sizeField, fields.sourceField, fields.seedField].filter(
      (field) => field !== undefined,
    ),
  ],
  read: [fields.pictureField, ...(fields.flagsField === undefined ? [] : [fields.flagsField])],
});
