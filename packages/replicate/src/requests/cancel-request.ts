import { requestOf, type CancelAnswer, type Order, type ProviderError, type RequestNotFound } from "@likeness/core";
import { errAsync, ok, okAsync, type ResultAsync } from "neverthrow";
import type { ReplicateConnection } from "../http/connection.ts";
import { requestError } from "../http/failure.ts";
import { runPath } from "./paths.ts";
import { run } from "./run.ts";

const ended = ["succeeded", "failed"];

/** Whether it came too late is in the object that Replicate answers with, or in that of a look when it refuses. */
export const cancelRequest =
  ({ call }: ReplicateConnection) =>
  (order: Order): ResultAsync<CancelAnswer, ProviderError | RequestNotFound> => {
    const request = requestOf(order);
    if (!request) return errAsync({ type: "request-not-found" });
    const path = runPath(order, request.requestId);
    return call(`${path}/cancel`, { method: "POST" })
      .orElse((refusal) =>
        refusal.type === "answer" && refusal.status >= 400 && refusal.status < 500
          ? call(path).andThen((seen) => (isOver(seen) ? okAsync(seen) : errAsync(refusal)))
          : errAsync(refusal),
      )
      .mapErr(requestError)
      .andThen((answer) => ok(isOver(answer) ? ("too-late" as const) : ("requested" as const)));
  };

const isOver = (answer: unknown): boolean => ended.includes(run.safeParse(answer).data?.status ?? "");
