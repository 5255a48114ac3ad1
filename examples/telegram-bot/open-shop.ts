import type { Clock, GuardCommands, Ids, Log, Store } from "@likeness/core";
import { starShop, type StarShop } from "@likeness/grammy";
import type { Api } from "grammy";
import type { Accounts } from "./open-accounts.ts";
import type { ShopSettings } from "./settings/settings.ts";

export interface Shop extends StarShop {
  /** Whether anything is sold at present. */
  readonly sells: boolean;
}

export interface ShopParts extends Accounts {
  /** Whether the bot is for a person. */
  readonly allows: GuardCommands["allows"];
  readonly api: Api;
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/**
 * The shop of a bot with a ledger. It is open also when nothing is sold any more, for what was: payments that come late,
 * refunds, `/balance` and `/paysupport`.
 */
export function openShop(settings: ShopSettings | undefined, { credits, ...parts }: ShopParts): Shop | undefined {
  if (!settings || !credits) return undefined;
  return { sells: settings.packages.length > 0, ...starShop({ ...settings, ...parts, credits, hasAvatars: true }) };
}
