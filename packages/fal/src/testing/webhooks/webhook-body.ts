import type { Json } from "@likeness/core";
import type { Answer } from "../queue/queue-entry.ts";

const withheld =
  "Response payload is not JSON serializable. Either return a JSON serializable object or use the queue endpoint to retrieve the response.";

/** What fal posts when a job has ended. https://docs.fal.ai/model-endpoints/webhooks */
export function webhookBody(requestId: string, { status, body, withheld: isWithheld }: Answer): Json {
  return {
    request_id: requestId,
    gateway_request_id: requestId,
    ...(status === 200 ? { status: "OK" } : { status: "ERROR", error: errorText(status) }),
    ...(isWithheld ? { payload: null, payload_error: withheld } : { payload: body }),
  };
}

/** The error of a webhook and of the status of a failed job. */
export const errorText = (status: number): string => `Invalid status code: ${status}`;

/**
 * With spaces, as Python writes JSON, so that a receiver that verifies the signature over reserialised JSON fails.
 * Line breaks in it are formatting only, those of texts are escaped.
 */
export const wireJson = (body: Json): string => JSON.stringify(body, null, 1).replaceAll(/\n */g, " ");
