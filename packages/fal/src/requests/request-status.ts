import type { OrderEvent } from "@likeness/core";
import { err, ok, type ResultAsync } from "neverthrow";
import { z } from "zod";
import { attempt } from "../http/attempt.ts";
import type { FalConnection } from "../http/connection.ts";
import { silence, type FalFailure } from "../http/failure.ts";
import { percentOf } from "./percent.ts";

/** The status of a known request. A failed one is completed too, with an error. */
export type QueueStatus = z.infer<typeof queueStatus>;

/** Asks fal for the status of a request. */
export function askStatus(
  { client }: FalConnection,
  endpoint: string,
  { requestId, statusUrl }: { readonly requestId: string; readonly statusUrl?: string | undefined },
): ResultAsync<QueueStatus, FalFailure> {
  return attempt<unknown>(() =>
    client(statusUrl).queue.status(endpoint, { requestId: encodeURIComponent(requestId), logs: true }),
  ).andThen((answer) => {
    const parsed = queueStatus.safeParse(answer);
    return parsed.success ? ok(parsed.data) : err(silence("the status cannot be read"));
  });
}

/**
 * A queue status as our event; `undefined` for a completed request. Without `steps` only a percentage that the log labels
 * as the training's counts.
 */
export function progressEvent(requestId: string, status: QueueStatus, steps?: number): OrderEvent | undefined {
  switch (status.status) {
    case "IN_QUEUE": {
      const position = status.queue_position ?? undefined;
      return { type: "queued", requestId, ...(position === undefined ? {} : { position }) };
    }
    case "IN_PROGRESS": {
      const percent = percentOf(messages(status), steps);
      return { type: "running", requestId, ...(percent === undefined ? {} : { percent }) };
    }
    case "COMPLETED":
      return undefined;
  }
}

const messages = ({ logs }: QueueStatus): string[] => (logs ?? []).flatMap(({ message }) => message ?? []);

export const queueStatus = z.object({
  status: z.enum(["IN_QUEUE", "IN_PROGRESS", "COMPLETED"]),
  queue_position: z.number().nullish().catch(undefined),
  logs: z
    .array(z.object({ message: z.string().nullish() }))
    .nullish()
    .catch(undefined),
  error: z.unknown().optional(),
  metrics: z
    .object({ inference_time: z.number().positive().optional().catch(undefined) })
    .nullish()
    .catch(undefined),
});
