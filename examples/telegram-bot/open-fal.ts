import { webhookAddress, type AvatarKind, type Log, type PhotoLimits, type Ports, type Profile } from "@likeness/core";
import { falKeySet, falOutcomeSource, falProvider, falWebhooks, parseFalProfiles } from "@likeness/fal";
import type { Settings } from "./settings/settings.ts";

/** fal with our key: orders, the files of their outcomes, and its webhooks where it can reach us. */
export function openFal(
  { fal, photos, policy }: Settings,
  log: Log,
): Pick<Ports, "provider" | "outcomes" | "webhooks" | "profiles"> {
  const { key, hosts, keepsPayloads, reports } = fal;
  const { submitTimeoutSeconds } = policy;
  const profiles = profilesFor(photos);
  return {
    provider: falProvider({ key, hosts, keepsPayloads, submitTimeoutSeconds, log }),
    outcomes: falOutcomeSource({ hosts }),
    profiles,
    webhooks: reports && {
      receiver: falWebhooks({ userId: reports.userId, keys: falKeySet({ urls: hosts.keySets }), profiles, log }),
      address: webhookAddress(reports),
    },
  };
}

function profilesFor(photos: PhotoLimits): Record<AvatarKind, Profile> {
  return parseFalProfiles({ portrait: { photos }, style: { photos } }).match(
    (profiles) => profiles,
    ({ problems }) => {
      throw new Error(`the profiles are not valid: ${problems.join("; ")}`);
    },
  );
}
