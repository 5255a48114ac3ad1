import {
  requestOf,
  type CancelAnswer,
  type Order,
  type ProviderError,
  type ProviderRequest,
  type RequestNotFound,
} from "@likeness/core";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import { z } from "zod";
import { attempt } from "../http/attempt.ts";
import type { FalConnection } from "../http/connection.ts";
import { requestError, type FalFailure } from "../http/failure.ts";

export const cancelRequest =
  (connection: FalConnection) =>
  (order: Order): ResultAsync<CancelAnswer, ProviderError | RequestNotFound> => {
    const request = requestOf(order);
    return request
      ? cancelAtFal(connection, order.snapshot.endpoint, request)
      : errAsync({ type: "request-not-found" });
  };

/** Best effort: what is running already may go on to its end, and cost (https://fal.ai/docs/inference-api/queue/cancel). */
export const cancelAtFal = (
  { client }: FalConnection,
  endpoint: string,
  { requestId, cancelUrl }: Pick<ProviderRequest, "requestId" | "cancelUrl">,
): ResultAsync<CancelAnswer, ProviderError | RequestNotFound> =>
  attempt(() => client(cancelUrl).queue.cancel(endpoint, { requestId: encodeURIComponent(requestId) }))
    .map(() => "requested" as const)
    .orElse((failure) => (isCompleted(failure) ? okAsync("too-late" as const) : errAsync(requestError(failure))));

const isCompleted = (failure: FalFailure): boolean =>
  failure.type === "answer" && cancelAnswer.safeParse(failure.body).data?.status === "ALREADY_COMPLETED";

const cancelAnswer = z.object({ status: z.string() });
