import type { ProviderError, RequestNotFound, Training, OrderEvent } from "@likeness/core";
import { requestOf } from "@likeness/core";
import { err, errAsync, ok, type ResultAsync } from "neverthrow";
import { z } from "zod";
import { attempt } from "../http/attempt.ts";
import type { FalConnection } from "../http/connection.ts";
import { requestError, silence, type FalFailure } from "../http/failure.ts";
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

export const trainingStatus =
  (connection: FalConnection) =>
  (training: Training): ResultAsync<OrderEvent, ProviderError | RequestNotFound> => {
    const request = requestOf(training);
    if (!request) return errAsync({ type: "request-not-found" });
    return askStatus(connection, training.snapshot.endpoint, request)
      .map((status) => statusEvent(request.requestId, status, training.snapshot.steps))
      .mapErr(requestError);
  };

/** A queue status as our event; without `steps` only a percentage that the log labels as the training's counts. */
export function statusEvent(requestId: string, status: QueueStatus, steps?: number): OrderEvent {
  switch (status.status) {
    case "IN_QUEUE": {
      const position = status.queue_position ?? undefined;
      return { type: "queued", requestId, ...(position === undefined ? {} : { position }) };
    }
    case "IN_PROGRESS": {
      const percent = percentOf(messages(status), steps);
      return { type: "running", requestId, ...(percent === undefined ? {} : { percent }) };
    }
    case "COMPLETED": {
      const ranSeconds = status.metrics?.inference_time;
      return { type: "finished", requestId, ...(ranSeconds === undefined ? {} : { ranSeconds }) };
    }
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
