import { clockCheck, systemClock, type Check, type Clock, type Network } from "@likeness/core";
import { telegramChecks } from "@likeness/grammy";
import type { Api } from "grammy";
import type { Settings } from "../settings/settings.ts";
import { machineChecks, type Machine } from "./machine-checks.ts";

export interface BotCheckOptions {
  readonly api: Api;
  readonly network: Network;
  readonly clock?: Clock | undefined;
  readonly machine?: Machine | undefined;
}

/** What the bot has looked at beside what the core and its ports look at. */
export function botChecks(
  settings: Pick<Settings, "telegram" | "database" | "blobs" | "provider">,
  { api, network, clock = systemClock, machine }: BotCheckOptions,
): readonly Check[] {
  const { telegram, provider } = settings;
  const webhookUrl = telegram.mode.type === "webhook" ? telegram.mode.url : undefined;
  const urls = [telegram.apiRoot, provider.hosts.api ?? telegram.apiRoot];
  return [
    ...telegramChecks(api, { webhookUrl, clock }),
    clockCheck({ clock, network, urls }),
    ...machineChecks(settings, machine),
  ];
}
