import type { FormerProvider, Log } from "@likeness/core";
import { openFal } from "./open-fal.ts";
import { openReplicate } from "./open-replicate.ts";
import type { ProviderPorts } from "./provider-ports.ts";
import type { FalSettings, ReplicateSettings, Settings } from "./settings/settings.ts";

type Opened = ProviderPorts & { readonly formerProviders: readonly FormerProvider[] };

/** The provider that the settings name, and the one before it where its key is set too. */
export function openProvider({ provider, formerProvider, ...settings }: Settings, log: Log): Opened {
  const open = (of: FalSettings | ReplicateSettings): ProviderPorts =>
    of.name === "fal" ? openFal(of, settings, log) : openReplicate(of, settings, log);
  const former = (formerProvider ? [formerProvider] : []).map(open);
  return {
    ...open(provider),
    formerProviders: former.map(({ webhooks, profiles: _unused, ...ports }) => ({
      ...ports,
      receiver: webhooks?.receiver,
    })),
  };
}
