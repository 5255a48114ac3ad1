import { webhookAddress, type Log, type PhotoLimits } from "@likeness/core";
import {
  fetchedSecret,
  replicateOutcomeSource,
  replicateProfiles,
  replicateProvider,
  replicateRecipes,
  replicateWebhooks,
} from "@likeness/replicate";
import type { ProviderPorts } from "./provider-ports.ts";
import type { ReplicateSettings, Settings } from "./settings/settings.ts";

/** Replicate with our token: orders, the files of their outcomes, and its webhooks where it can reach us. */
export function openReplicate(
  { token, destination, hosts, reports }: ReplicateSettings,
  { photos, policy }: Pick<Settings, "photos" | "policy">,
  log: Log,
): ProviderPorts {
  const { submitTimeoutSeconds } = policy;
  return {
    provider: replicateProvider({ token, destination, hosts, submitTimeoutSeconds, log }),
    outcomes: replicateOutcomeSource({ hosts }),
    profiles: profilesFor(photos),
    recipes: replicateRecipes,
    webhooks: reports && {
      receiver: replicateWebhooks({ secrets: fetchedSecret({ token, hosts, log }), hosts }),
      address: webhookAddress(reports),
    },
  };
}

const profilesFor = (photos: PhotoLimits) => ({
  portrait: { ...replicateProfiles.portrait, photos },
  style: { ...replicateProfiles.style, photos },
});
