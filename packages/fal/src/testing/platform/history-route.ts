import { z } from "zod";
import { addSeconds, secondsBetween, type Json, type JsonObject } from "@likeness/core";
import type { Timers } from "@likeness/fake-server/timers";
import { invalid, json, type Call, type Route } from "../wire/call.ts";
import type { EntryState, QueueEntry } from "../queue/queue-entry.ts";
import type { Runs } from "../queue/runs.ts";

const usualWindowSeconds = 24 * 60 * 60;

/** Whether the list shows requests that still run: fal does not say, so only presence proves anything. */
export type HistoryScope = "finished" | "all";

/** `GET /v1/models/requests/by-endpoint`, the last to end first. https://fal.ai/docs/platform-apis */
export function historyRoute(runs: Runs, timers: Timers, scope: () => HistoryScope): Route {
  const list = ({ url }: Call): Response => {
    const wanted = querySchema.safeParse(valuesOf(url.searchParams));
    if (!wanted.success) return invalid(wanted.error, "query");
    const { cursor, limit, expand } = wanted.data;
    const earliest = addSeconds(timers.now(), -usualWindowSeconds);
    const matches = runs
      .all()
      .filter((entry) => scope() === "all" || entry.state.status === "finished")
      .filter((entry) => isWanted(entry, wanted.data, earliest))
      .toSorted((left, right) => endOf(right).localeCompare(endOf(left)));
    const next = cursor + limit;
    const hasMore = matches.length > next;
    const items = matches.slice(cursor, next).map((entry) => historyItem(entry, expand.includes("payloads")));
    return json(200, { items, next_cursor: hasMore ? String(next) : null, has_more: hasMore });
  };
  const pattern = /^\/v1\/models\/requests\/by-endpoint$/;
  return { name: "history", method: "GET", pattern, takes: { key: true }, handle: list };
}

/** Parameters that hold a list may come several times or comma-separated. */
const valuesOf = (query: URLSearchParams): Record<string, string> =>
  Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name).join(",")]));

/** A request is found by its id at any age. */
function isWanted(entry: QueueEntry, query: HistoryQuery, earliest: string): boolean {
  const { endpointId, id, submittedAt, state } = entry;
  const { endpoint_id, request_id, start = earliest, end, status } = query;
  if (!endpoint_id.includes(endpointId)) return false;
  if (status && (state.status !== "finished" || (status === "success") !== (state.answer.status === 200))) return false;
  if (request_id) return id === request_id;
  return submittedAt >= start && (end === undefined || submittedAt <= end);
}

/** Running requests stand before finished ones. */
const endOf = ({ state }: QueueEntry): string => (state.status === "finished" ? state.finishedAt : "still running");

function historyItem(entry: QueueEntry, withPayloads: boolean): JsonObject {
  const { id, endpointId, submittedAt, state, input } = entry;
  return {
    request_id: id,
    endpoint_id: endpointId,
    sent_at: submittedAt,
    ...timesOf(state),
    ...(withPayloads && entry.storesPayloads && !entry.deleted
      ? { json_input: input, json_output: outputOf(state) }
      : {}),
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

const list = z.string().transform((text) => text.split(",").filter((value) => value !== ""));

const moment = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), "Not a date")
  .transform((text) => new Date(text).toISOString());

const querySchema = z.object({
  endpoint_id: list.refine((ids) => ids.length > 0, "Field required"),
  request_id: z.string().optional(),
  start: moment.optional(),
  end: moment.optional(),
  status: z.enum(["success", "error"]).optional(),
  expand: list.default([]),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.coerce.number().int().min(0).default(0),
});

type HistoryQuery = z.infer<typeof querySchema>;
