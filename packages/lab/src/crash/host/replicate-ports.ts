import { randomUUID } from "node:crypto";
import {
  fetchedSecret,
  replicateOutcomeSource,
  replicateProfiles,
  replicateProvider,
  replicateRecipes,
  replicateWebhooks,
} from "@likeness/replicate";
import { account } from "./protocol.ts";
import type { ProviderPorts, ProviderPortsOptions } from "./provider-ports.ts";

export function replicatePorts({ url, policy, photos, clock }: ProviderPortsOptions): ProviderPorts {
  const token = account.key;
  const hosts = { api: url, files: [url] };
  const { submitTimeoutSeconds } = policy;
  return {
    provider: replicateProvider({
      token,
      hosts,
      clock,
      submitTimeoutSeconds,
      destination: "acme/likeness",
      // The fake does not read weights.
      weightsAddress: (blobKey) => `${url}/copies/${blobKey}.safetensors`,
    }),
    outcomes: replicateOutcomeSource({ hosts }),
    receiver: replicateWebhooks({ secrets: fetchedSecret({ token, hosts, clock }), hosts }),
    profiles: { portrait: { ...replicateProfiles.portrait, photos }, style: { ...replicateProfiles.style, photos } },
    recipes: replicateRecipes,
    uploadWeights: async () => `${url}/_delivery/${randomUUID()}/flux-lora.tar`,
  };
}
