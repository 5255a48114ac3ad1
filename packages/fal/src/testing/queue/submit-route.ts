import type { Timers } from "@likeness/fake-server/timers";
import { z } from "zod";
import type { Behaviours, FalFakeRefusal, CompleteBehaviour } from "./behaviours.ts";
import { invalid, json, refuse, type Call, type Route } from "../wire/call.ts";
import { findEndpoint } from "../models/endpoints.ts";
import { contentViolation } from "../models/refused-content.ts";
import { lifetimeIn } from "../storage/expiry-in.ts";
import { queuePosition } from "./progress.ts";
import { entryUrls, queueStatus, type QueueEntry } from "./queue-entry.ts";
import { refusal } from "../wire/refusal.ts";
import type { Runs } from "./runs.ts";

/** The one call that costs money: `POST /{owner}/{app}[/{path}]`. https://docs.fal.ai/model-endpoints/queue */
export function submitRoute(runs: Runs, behaviours: Behaviours, timers: Timers): Route {
  const submit = async (call: Call): Promise<Response> => {
    const endpointId = call.params.endpoint ?? "";
    const app = endpointId.split("/").slice(0, 2).join("/");
    const endpoint = findEndpoint(endpointId);
    if (!endpoint) return refuse(404, `Application "${endpointId}" not found`);
    const input = inputSchema.safeParse(call.body);
    if (!input.success) return invalid(input.error);

    const behaviour = behaviours.take(endpoint);
    const { submit: answer } = behaviour;
    if (typeof answer === "object") return refusal(answer);
    if (answer === "content-blocked") return refuse(422, [contentViolation]);
    if (answer === "drop-before-accepting") return Response.error();

    const entry = runs.accept({
      endpointId,
      app,
      endpoint,
      input: input.data,
      webhookUrl: call.url.searchParams.get("fal_webhook") ?? undefined,
      origins: call.origins,
      behaviour,
      storesPayloads: call.request.headers.get("x-fal-store-io") !== "0",
      filesSeconds: lifetimeIn(call.request.headers),
    });
    if (behaviour.webhook === "before-answer") await runs.finish(entry);
    const position = queuePosition(entry, runs.waitingBefore(entry), timers.now());
    return answers[answer](entry, { position, ends: [call.request.signal, timers.closing] });
  };

  const pattern = /^\/(?<endpoint>[\w-]+\/[\w.-]+(\/[\w./-]+)?)$/;
  return { name: "submit", method: "POST", pattern, takes: { key: true, json: true }, handle: submit };
}

/** How an accepted submit is answered. */
const answers = {
  accept: (entry, { position }) => {
    const ids = { request_id: entry.id, gateway_request_id: entry.id };
    const body = { status: queueStatus.queued, ...ids, ...entryUrls(entry), queue_position: position };
    return json(200, body, { "x-fal-request-id": entry.id });
  },
  "drop-after-accepting": () => Response.error(),
  "504-after-accepting": () => refusal({ status: 504 }),
  "garbage-after-accepting": () => new Response("<html>upstream", { headers: { "content-type": "text/html" } }),
  "hang-after-accepting": (_entry, { ends }) =>
    new Promise((resolve) => {
      for (const signal of ends) {
        if (signal.aborted) resolve(Response.error());
        signal.addEventListener("abort", () => resolve(Response.error()), { once: true });
      }
    }),
} as const satisfies Record<
  Exclude<CompleteBehaviour["submit"], FalFakeRefusal | "content-blocked" | "drop-before-accepting">,
  (entry: QueueEntry, circumstances: Circumstances) => Response | Promise<Response>
>;

interface Circumstances {
  readonly position: number;
  /** Aborted when the caller no longer waits for an answer. */
  readonly ends: readonly AbortSignal[];
}

const inputSchema = z.record(z.string(), z.json());
