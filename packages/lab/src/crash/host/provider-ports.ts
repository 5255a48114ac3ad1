import type {
  Clock,
  OutcomeSource,
  PhotoLimits,
  Policy,
  Profiles,
  Provider,
  Recipes,
  WebhookReceiver,
} from "@likeness/core";
import type { VendorName } from "../vendors/vendor.ts";

/** What a provider brings to a host. */
export interface ProviderPorts {
  readonly provider: Provider;
  readonly outcomes: OutcomeSource;
  readonly receiver: WebhookReceiver;
  readonly profiles: Profiles;
  readonly recipes: Recipes;
  /** Puts the weights where the provider finds them, and returns the address. */
  readonly uploadWeights: (weights: Uint8Array) => Promise<string>;
}

export interface ProviderPortsOptions {
  /** Of the fake. */
  readonly url: string;
  readonly policy: Partial<Policy>;
  readonly photos: PhotoLimits;
  readonly clock: Clock;
}

/** Each loaded only where it is used. */
const opening = {
  fal: async () => (await import("./fal-ports.ts")).falPorts,
  replicate: async () => (await import("./replicate-ports.ts")).replicatePorts,
} as const satisfies Record<VendorName, () => Promise<(options: ProviderPortsOptions) => ProviderPorts>>;

export const providerPorts = async (name: VendorName, options: ProviderPortsOptions): Promise<ProviderPorts> =>
  (await opening[name]())(options);
