import { webhookAddress, type Log, type PhotoLimits } from "@likeness/core";
import { falKeySet, falOutcomeSource, falProvider, falRecipes, falWebhooks, parseFalProfiles } from "@likeness/fal";
import type { ProviderPorts } from "./provider-ports.ts";
import type { FalSettings, Settings } from "./settings/settings.ts";

/** fal with our key: orders, the files of their outcomes, and its webhooks where it can reach us. */
export function openFal(
  { key, hosts, keepsPayloads, reports }: FalSettings,
  { photos, policy }: Pick<Settings, "photos" | "policy">,
  log: Log,
): ProviderPorts {
  const { submitTimeoutSeconds } = policy;
  const profiles = profilesFor(photos);
  return {
    provider: falProvider({ key, hosts, keepsPayloads, submitTimeoutSeconds, log }),
    outcomes: falOutcomeSource({ hosts }),
    profiles,
    recipes: falRecipes,
    webhooks: reports && {
      receiver: falWebhooks({ userId: reports.userId, keys: falKeySet({ urls: hosts.keySets }), profiles, log }),
      address: webhookAddress(reports),
    },
  };
}

const profilesFor = (photos: PhotoLimits) =>
  parseFalProfiles({ portrait: { photos }, style: { photos } }).match(
    (profiles) => profiles,
    ({ problems }) => {
      throw new Error(`the profiles are not valid: ${problems.join("; ")}`);
    },
  );
