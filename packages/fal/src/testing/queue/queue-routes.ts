import { addSeconds, secondsBetween, type JsonObject } from "@likeness/core";
import type { Timers } from "@likeness/fake-server/timers";
import { json, notFound, refuse, type Call, type Route } from "../wire/call.ts";
import { entryUrls, queueStatus, type EntryState, type QueueEntry } from "./queue-entry.ts";
import { logLines, queuePosition } from "./progress.ts";
import type { Runs } from "./runs.ts";
import { errorText } from "../webhooks/webhook-body.ts";
import { retentionSeconds } from "../webhooks/webhook-schedule.ts";

const storedSeconds = 30 * 24 * 60 * 60;

/** Status, result and cancel of a request, below owner/app or the full endpoint id. https://fal.ai/docs/inference-api/queue */
export function queueRoutes(runs: Runs, timers: Timers): Route[] {
  const about = (handle: (entry: QueueEntry, call: Call) => Response) => (call: Call) => {
    const entry = runs.find(call.params.id ?? "");
    const { endpoint } = call.params;
    return entry && (endpoint === entry.app || endpoint === entry.endpointId) ? handle(entry, call) : notFound();
  };

  const status = (entry: QueueEntry, { url }: Call): Response => {
    const now = timers.now();
    const logs = url.searchParams.get("logs") === "1" ? logLines(entry, now) : null;
    const common = { status: queueStatus[entry.state.status], request_id: entry.id, ...entryUrls(entry) };
    if (entry.state.status === "queued")
      return json(202, { ...common, queue_position: queuePosition(entry, runs.waitingBefore(entry), now) });
    if (entry.state.status === "running") return json(202, { ...common, logs });
    return json(200, { ...common, logs, ...ending(entry.state) });
  };

  const result = (entry: QueueEntry): Response => {
    if (entry.state.status !== "finished") return refuse(400, "Request is still in progress");
    const { answer, finishedAt } = entry.state;
    const kept = entry.storesPayloads ? storedSeconds : retentionSeconds(JSON.stringify(answer.body).length);
    if (entry.expired || entry.deleted || addSeconds(finishedAt, kept) <= timers.now()) return notFound();
    return json(answer.status, answer.body, { "x-fal-request-id": entry.id });
  };

  const cancel = (entry: QueueEntry): Response =>
    runs.cancel(entry) === "too-late"
      ? json(400, { status: "ALREADY_COMPLETED" })
      : json(202, { status: "CANCELLATION_REQUESTED" });

  const request = /^\/(?<endpoint>[\w-]+\/[\w./-]+?)\/requests\/(?<id>[\w-]+)/.source;
  return [
    {
      name: "status",
      method: "GET",
      pattern: new RegExp(`${request}/status$`),
      takes: { key: true },
      handle: about(status),
    },
    {
      name: "result",
      method: "GET",
      pattern: new RegExp(`${request}(/response)?$`),
      takes: { key: true },
      handle: about(result),
    },
    {
      name: "cancel",
      method: "PUT",
      pattern: new RegExp(`${request}/cancel$`),
      takes: { key: true },
      handle: about(cancel),
    },
  ];
}

/** A failed job is completed too. */
function ending({ startedAt, finishedAt, answer }: Extract<EntryState, { status: "finished" }>): JsonObject {
  if (answer.status === 200) return { metrics: { inference_time: secondsBetween(startedAt, finishedAt) } };
  const type = answer.status === 499 ? "client_cancelled" : "bad_request";
  return { error: errorText(answer.status), error_type: type, metrics: {} };
}
