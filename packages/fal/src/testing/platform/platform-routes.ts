import type { JsonObject } from "@likeness/core";
import type { Timers } from "@likeness/fake-server/timers";
import { json, refuse, type Call, type Route } from "../wire/call.ts";
import { endpointIds, findEndpoint } from "../models/endpoints.ts";
import { billingRoute } from "./billing-route.ts";
import { modelsRoute, type ListingChange } from "./models-route.ts";
import { historyRoute, type HistoryScope } from "./history-route.ts";
import type { Keyring } from "../webhooks/keyring.ts";
import type { Runs } from "../queue/runs.ts";

const mostPrices = 50;

/** Set by the control. */
export interface PlatformSwitches {
  jwks: "up" | "down";
  history: HistoryScope;
  /** US dollars that are left on the account; absent: the key may not read them. */
  balance?: number | undefined;
  /** What fal's list says differently about an endpoint, by its id. */
  listing?: Readonly<Record<string, ListingChange>> | undefined;
}

/** What fal offers beside queue and storage: key set, request history, prices. https://fal.ai/docs/platform-apis */
export function platformRoutes(runs: Runs, keys: Keyring, timers: Timers, switches: PlatformSwitches): Route[] {
  const jwks = (): Response => (switches.jwks === "up" ? json(200, keys.jwks()) : refuse(503, "Service Unavailable"));

  const pricing = ({ url }: Call): Response => {
    const ids = url.searchParams.getAll("endpoint_id").flatMap((value) => value.split(","));
    if (ids.length > mostPrices) return refuse(422, `At most ${mostPrices} endpoint ids`);
    const prices = (ids.length > 0 ? ids : endpointIds()).flatMap(priceOf);
    return json(200, { prices, next_cursor: null, has_more: false });
  };

  return [
    { name: "jwks", method: "GET", pattern: /^\/\.well-known\/jwks\.json$/, takes: {}, handle: jwks },
    historyRoute(runs, timers, () => switches.history),
    modelsRoute(() => switches.listing ?? {}),
    billingRoute(() => switches.balance),
    { name: "pricing", method: "GET", pattern: /^\/v1\/models\/pricing$/, takes: { key: true }, handle: pricing },
  ];
}

function priceOf(id: string): JsonObject[] {
  const endpoint = findEndpoint(id);
  if (!endpoint) return [];
  const unit = endpoint.kind === "trainer" ? "steps" : "megapixels";
  return [{ endpoint_id: id, unit_price: endpoint.price, unit, currency: "USD" }];
}
