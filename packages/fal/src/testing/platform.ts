import { addSeconds, secondsBetween, type Json, type JsonObject } from "@likeness/core";
import { json, refuse, type Call, type Route } from "./call.ts";
import { endpointIds, findEndpoint } from "./endpoints.ts";
import type { Keyring } from "./keyring.ts";
import type { EntryState, QueueEntry } from "./queue-entry.ts";
import type { Runs } from "./runs.ts";
import type { Timers } from "./timers.ts";

const pageSize = { usual: 50, most: 100 };
const usualWindowSeconds = 24 * 60 * 60;

/** What the platform says beside the queue, switched by the control. */
export interface PlatformSwitches {
  jwks: "up" | "down";
  /** Whether the history shows requests that still run: fal does not say, so only presence proves anything. */
  history: "finished" | "all";
}

/** Key set, request history and prices. https://fal.ai/docs/platform-apis */
export function platformRoutes(runs: Runs, keys: Keyring, timers: Timers, switches: PlatformSwitches): Route[] {
  const jwks = (): Response => (switches.jwks === "up" ? json(200, keys.jwks()) : refuse(503, "Service Unavailable"));

  const history = ({ url: { searchParams: query } }: Call): Response => {
    const wantedIds = listOf(query, "endpoint_id");
    if (wantedIds.length === 0) return refuse(422, "endpoint_id is required");
    const requestId = query.get("request_id");
    const start = query.get("start") ?? addSeconds(timers.now(), -usualWindowSeconds);
    const end = query.get("end");
    if ([start, end ?? start].some((moment) => Number.isNaN(Date.parse(moment)))) return refuse(422, "Not a date");
    const matches = runs
      .all()
      .filter((entry) => wantedIds.includes(entry.endpointId))
      .filter((entry) => (requestId ? entry.id === requestId : isWithin(entry, start, end)))
      .filter((entry) => switches.history === "all" || entry.state.status === "finished")
      .filter((entry) => hasStatus(entry, query.get("status")))
      .toSorted((left, right) => endOf(right) - endOf(left));
    const from = Number(query.get("cursor") ?? 0);
    const limit = Number(query.get("limit") ?? pageSize.usual);
    if (!(limit >= 1 && limit <= pageSize.most)) return refuse(422, `limit must be 1 to ${pageSize.most}`);
    if (!(Number.isInteger(from) && from >= 0)) return refuse(422, "Invalid cursor");
    const withPayloads = listOf(query, "expand").includes("payloads");
    const hasMore = matches.length > from + limit;
    return json(200, {
      items: matches.slice(from, from + limit).map((entry) => historyItem(entry, withPayloads)),
      next_cursor: hasMore ? String(from + limit) : null,
      has_more: hasMore,
    });
  };

  const pricing = ({ url }: Call): Response => {
    const ids = listOf(url.searchParams, "endpoint_id");
    if (ids.length > 50) return refuse(422, "At most 50 endpoint ids");
    const prices = (ids.length > 0 ? ids : endpointIds()).flatMap(priceOf);
    return json(200, { prices, next_cursor: null, has_more: false });
  };

  return [
    { name: "jwks", method: "GET", pattern: /^\/\.well-known\/jwks\.json$/, takes: {}, handle: jwks },
    {
      name: "history",
      method: "GET",
      pattern: /^\/v1\/models\/requests\/by-endpoint$/,
      takes: { key: true },
      handle: history,
    },
    { name: "pricing", method: "GET", pattern: /^\/v1\/models\/pricing$/, takes: { key: true }, handle: pricing },
  ];
}

/** A parameter that may come several times or as a comma-separated list. */
const listOf = (query: URLSearchParams, name: string): readonly string[] =>
  query
    .getAll(name)
    .flatMap((value) => value.split(","))
    .filter((value) => value !== "");

const isWithin = ({ submittedAt }: QueueEntry, start: string, end: string | null): boolean =>
  Date.parse(submittedAt) >= Date.parse(start) && (end === null || Date.parse(submittedAt) <= Date.parse(end));

const hasStatus = ({ state }: QueueEntry, status: string | null): boolean =>
  status === null || (state.status === "finished" && (status === "success") === (state.answer.status === 200));

/** Running requests stand before finished ones. */
const endOf = ({ state }: QueueEntry): number =>
  state.status === "finished" ? Date.parse(state.finishedAt) : Number.POSITIVE_INFINITY;

function historyItem(entry: QueueEntry, withPayloads: boolean): JsonObject {
  const { id, endpointId, submittedAt, state, input } = entry;
  return {
    request_id: id,
    endpoint_id: endpointId,
    sent_at: submittedAt,
    ...timesOf(state),
    ...(withPayloads && entry.storesPayloads ? { json_input: input, json_output: outputOf(state) } : {}),
  };
}

const timesOf = (state: EntryState): JsonObject => ({
  started_at: state.status === "queued" ? null : state.startedAt,
  ...(state.status === "finished"
    ? {
        ended_at: state.finishedAt,
        status_code: state.answer.status,
        duration: secondsBetween(state.startedAt, state.finishedAt),
      }
    : { ended_at: null, status_code: null, duration: null }),
});

const outputOf = (state: EntryState): Json => (state.status === "finished" ? state.answer.body : null);

function priceOf(id: string): JsonObject[] {
  const endpoint = findEndpoint(id);
  if (!endpoint) return [];
  const unit = endpoint.kind === "trainer" ? "steps" : "megapixels";
  return [{ endpoint_id: id, unit_price: endpoint.price, unit, currency: "USD" }];
}
