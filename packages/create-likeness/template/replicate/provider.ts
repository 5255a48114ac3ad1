import { replicateOutcomeSource, replicateProfiles, replicateProvider, replicateRecipes } from "@likeness/replicate";

export const providerNeeds = {
  REPLICATE_API_TOKEN: {
    is: "a token from https://replicate.com/account/api-tokens",
    looksLike: /^[\x21-\x7e]+$/,
  },
  REPLICATE_DESTINATION: {
    is: "the private model that gets what trainings yield, e.g. your-name/likeness",
    looksLike: /^[\w.-]+\/[\w.-]+$/,
  },
};

type ReplicateSettings = Readonly<Record<keyof typeof providerNeeds, string>>;

/** Trainings and pictures at Replicate, or at a fake of it. It is asked how they go on, so the bot needs no public address. */
export function openProvider(settings: ReplicateSettings, url?: string) {
  const hosts = url === undefined ? undefined : { api: url, files: [url] };
  return {
    provider: replicateProvider({
      token: settings.REPLICATE_API_TOKEN,
      destination: settings.REPLICATE_DESTINATION,
      hosts,
    }),
    outcomes: replicateOutcomeSource({ hosts }),
    profiles: replicateProfiles,
    recipes: replicateRecipes,
  };
}

export const providerName = "replicate.com";
