import type { Log } from "@likeness/core";
import { openFal } from "./open-fal.ts";
import { openReplicate } from "./open-replicate.ts";
import type { ProviderPorts } from "./provider-ports.ts";
import type { Settings } from "./settings/settings.ts";

/** The provider that the settings name. */
export const openProvider = (settings: Settings, log: Log): ProviderPorts =>
  settings.provider.name === "fal"
    ? openFal(settings.provider, settings, log)
    : openReplicate(settings.provider, settings, log);
