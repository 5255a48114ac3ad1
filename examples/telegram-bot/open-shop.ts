import type { Clock, Ids, Log, Purchases, Store } from "@likeness/core";
import { starShop, type StarShop } from "@likeness/grammy";
import { kyselyPurchases, type KyselyCredits } from "@likeness/kysely";
import type { Api } from "grammy";
import type { ShopSettings } from "./settings/settings.ts";
import type { Storage } from "./storage/storage.ts";

export interface Shop extends StarShop {
  readonly purchases: Purchases;
}

export interface ShopParts {
  readonly storage: Pick<Storage, "db" | "jobsWithin">;
  readonly credits: KyselyCredits | undefined;
  readonly api: Api;
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/** The shop, if something is sold. */
export function openShop(settings: ShopSettings | undefined, parts: ShopParts): Shop | undefined {
  const { storage, credits, ...ports } = parts;
  if (!settings || !credits) return undefined;
  const purchases = kyselyPurchases(storage.db, { credits, jobs: storage.jobsWithin });
  return { purchases, ...starShop({ ...settings, ...ports, purchases, credits }) };
}
