import {
  falHosts,
  falKeySet,
  falOutcomeSource,
  falProfiles,
  falProvider,
  falRecipes,
  falWebhooks,
} from "@likeness/fal";
import { account } from "./protocol.ts";
import type { ProviderPorts, ProviderPortsOptions } from "./provider-ports.ts";
import { uploadWeights } from "./upload-weights.ts";

export function falPorts({ url, policy, photos, clock }: ProviderPortsOptions): ProviderPorts {
  const hosts = falHosts({ queue: url, rest: url, api: url, keySets: [`${url}/.well-known/jwks.json`] });
  const { submitTimeoutSeconds } = policy;
  return {
    provider: falProvider({ key: account.key, hosts, submitTimeoutSeconds }),
    outcomes: falOutcomeSource({ hosts }),
    receiver: falWebhooks({ userId: account.userId, keys: falKeySet({ urls: hosts.keySets, clock }) }),
    profiles: { portrait: { ...falProfiles.portrait, photos }, style: { ...falProfiles.style, photos } },
    recipes: falRecipes,
    uploadWeights: (weights) => uploadWeights(url, weights),
  };
}
