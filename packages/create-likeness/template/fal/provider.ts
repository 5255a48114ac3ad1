import { falOutcomeSource, falProfiles, falProvider, falRecipes } from "@likeness/fal";

export const providerNeeds = {
  FAL_KEY: { is: "a key from https://fal.ai/dashboard/keys", looksLike: /^[\x21-\x7e]+$/ },
};

/** Trainings and pictures at fal, or at a fake of it. It is asked how they go on, so the bot needs no public address. */
export function openProvider({ FAL_KEY: key }: { readonly FAL_KEY: string }, url?: string) {
  const hosts = url === undefined ? undefined : { queue: url, rest: url, api: url };
  return {
    provider: falProvider({ key, hosts }),
    outcomes: falOutcomeSource({ hosts }),
    profiles: falProfiles,
    recipes: falRecipes,
  };
}

export const providerName = "fal.ai";
