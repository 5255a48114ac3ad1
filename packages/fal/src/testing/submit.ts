import { z } from "zod";
import type { JsonObject } from "@likeness/core";
import type { Behaviours, FalFakeRefusal, SettledBehaviour } from "./behaviour.ts";
import { invalid, json, refuse, type Call, type Route } from "./call.ts";
import { findEndpoint } from "./endpoints.ts";
import { entryUrls, queueStatus, type QueueEntry } from "./queue-entry.ts";
import type { Runs } from "./runs.ts";
import type { Timers } from "./timers.ts";

/** The one call that costs money: `POST /{owner}/{app}[/{path}]`. https://docs.fal.ai/model-endpoints/queue */
export function submitRoute(runs: Runs, behaviours: Behaviours, timers: Timers): Route {
  const submit = async (call: Call): Promise<Response> => {
    const endpointId = call.params.endpoint ?? "";
    const app = endpointId.split("/").slice(0, 2).join("/");
    const endpoint = findEndpoint(endpointId);
    if (!endpoint) return refuse(404, `Application "${endpointId}" not found`);
    const input = inputSchema.safeParse(call.body);
    if (!input.success) return invalid(input.error);

    const behaviour = behaviours.take();
    const { submit: answer } = behaviour;
    if (typeof answer === "object") return refusal(answer);
    if (answer === "drop-before-accepting") return Response.error();

    const entry = await runs.accept({
      endpointId,
      app,
      endpoint,
      input: input.data,
      webhookUrl: call.url.searchParams.get("fal_webhook") ?? undefined,
      origins: call.origins,
      behaviour,
      storesPayloads: call.request.headers.get("x-fal-store-io") !== "0",
    });
    if (behaviour.webhook === "before-answer") await runs.finish(entry);
    return answers[answer](entry, call, timers);
  };

  const pattern = /^\/(?<endpoint>[\w-]+\/[\w.-]+(\/[\w./-]+)?)$/;
  return { name: "submit", method: "POST", pattern, takes: { key: true, json: true }, handle: submit };
}

/** How an accepted submit is answered. */
const answers = {
  accept: (entry) => {
    const ids = { request_id: entry.id, gateway_request_id: entry.id };
    const body = { status: queueStatus.queued, ...ids, ...entryUrls(entry), queue_position: 0 };
    return json(200, body, { "x-fal-request-id": entry.id });
  },
  "drop-after-accepting": () => Response.error(),
  "504-after-accepting": () => refusal({ status: 504 }),
  "garbage-after-accepting": () => new Response("<html>upstream", { headers: { "content-type": "text/html" } }),
  "hang-after-accepting": (_entry, { request }, { closing }) =>
    new Promise((resolve) => {
      for (const signal of [request.signal, closing]) {
        if (signal.aborted) resolve(Response.error());
        signal.addEventListener("abort", () => resolve(Response.error()), { once: true });
      }
    }),
} as const satisfies Record<
  Exclude<SettledBehaviour["submit"], FalFakeRefusal | "drop-before-accepting">,
  (entry: QueueEntry, call: Call, timers: Timers) => Response | Promise<Response>
>;

/** What fal says when it refuses. https://fal.ai/docs/documentation/model-apis/request-errors */
const refusals: Readonly<Record<number, JsonObject>> = {
  401: { detail: "No user found for Key ID and Secret" },
  403: { detail: "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing." },
  422: { detail: [{ loc: ["body", "images_data_url"], msg: "Field required", type: "missing" }] },
  429: { detail: "Reached concurrent requests limit of 2", type: "concurrent_requests_limit", data: { limit: 2 } },
  500: { detail: "Internal Server Error", error_type: "internal_error" },
  504: { detail: "Request timed out", error_type: "request_timeout" },
};

export const refusal = ({ status, body, retryAfter }: FalFakeRefusal): Response =>
  json(
    status,
    body ?? refusals[status] ?? { detail: `HTTP ${status}` },
    retryAfter === undefined ? {} : { "retry-after": String(retryAfter) },
  );

const inputSchema = z.record(z.string(), z.json());
