import { requestOf, type ProviderError, type RequestNotFound, type Training } from "@likeness/core";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import { z } from "zod";
import { attempt } from "../http/attempt.ts";
import type { FalConnection } from "../http/connection.ts";
import { requestError, type FalFailure } from "../http/failure.ts";

/** Best effort: what is running already may go on to its end, and cost (https://fal.ai/docs/inference-api/queue/cancel). */
export const cancelTraining =
  ({ client }: FalConnection) =>
  (training: Training): ResultAsync<"requested" | "too-late", ProviderError | RequestNotFound> => {
    const request = requestOf(training);
    if (!request) return errAsync({ type: "request-not-found" });
    const { requestId, cancelUrl } = request;
    const { endpoint } = training.snapshot;
    return attempt(() => client(cancelUrl).queue.cancel(endpoint, { requestId: encodeURIComponent(requestId) }))
      .map(() => "requested" as const)
      .orElse((failure) => (isCompleted(failure) ? okAsync("too-late" as const) : errAsync(requestError(failure))));
  };

const isCompleted = (failure: FalFailure): boolean =>
  failure.type === "answer" && cancelAnswer.safeParse(failure.body).data?.status === "ALREADY_COMPLETED";

const cancelAnswer = z.object({ status: z.string() });
