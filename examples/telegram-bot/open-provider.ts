import type { FormerProvider, Log } from "@likeness/core";
import { openFal } from "./open-fal.ts";
import type { ProviderPorts } from "./provider-ports.ts";
import type { FalSettings, ReplicateSettings, Settings } from "./settings/settings.ts";

type Opened = ProviderPorts & { readonly formerProviders: readonly FormerProvider[] };

/**
 * The provider that the settings name, and the one before it where its key is set too. Replicate's package is imported only
 * if it is needed; of fal's, settings have their defaults.
 */
export async function openProvider({ provider, formerProvider, ...settings }: Settings, log: Log): Promise<Opened> {
  const open = async (of: FalSettings | ReplicateSettings): Promise<ProviderPorts> => {
    if (of.name === "fal") return openFal(of, settings, log);
    const { openReplicate } = await import("./open-replicate.ts");
    return openReplicate(of, settings, log);
  };
  const former = await Promise.all((formerProvider ? [formerProvider] : []).map(open));
  return {
    ...(await open(provider)),
    formerProviders: former.map(({ webhooks, profiles: _unused, ...ports }) => ({
      ...ports,
      receiver: webhooks?.receiver,
    })),
  };
}
