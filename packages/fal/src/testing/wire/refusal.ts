import type { JsonObject } from "@likeness/core";
import type { FalFakeRefusal } from "../queue/behaviours.ts";
import { json } from "./call.ts";

/** What fal says when it refuses. https://fal.ai/docs/documentation/model-apis/request-errors */
const refusals: Readonly<Record<number, JsonObject>> = {
  401: { detail: "No user found for Key ID and Secret" },
  403: { detail: "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing." },
  422: { detail: [{ loc: ["body", "images_data_url"], msg: "Field required", type: "missing" }] },
  429: { detail: "Reached concurrent requests limit of 2", type: "concurrent_requests_limit", data: { limit: 2 } },
  500: { detail: "Internal Server Error", error_type: "internal_error" },
  504: { detail: "Request timed out", error_type: "request_timeout" },
};

/** The answer of a refusal, in fal's words unless it brings its own. */
export const refusal = ({ status, body, retryAfter }: FalFakeRefusal): Response =>
  json(
    status,
    body ?? refusals[status] ?? { detail: `HTTP ${status}` },
    retryAfter === undefined ? {} : { "retry-after": String(retryAfter) },
  );
