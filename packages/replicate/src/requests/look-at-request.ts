import { requestOf, type Order, type OrderEvent, type ProviderError, type RequestNotFound } from "@likeness/core";
import { err, errAsync, ok, type ResultAsync } from "neverthrow";
import type { ReplicateConnection } from "../http/connection.ts";
import { requestError } from "../http/failure.ts";
import { runPath } from "./paths.ts";
import { eventOf, run } from "./run.ts";

/** One answer has the status and the result. Replicate removes the data of a prediction an hour after it has ended. */
export const lookAtRequest =
  ({ call, hosts }: ReplicateConnection) =>
  (order: Order): ResultAsync<OrderEvent, ProviderError | RequestNotFound> => {
    const request = requestOf(order);
    if (!request) return errAsync({ type: "request-not-found" });
    return call(runPath(order, request.requestId))
      .mapErr(requestError)
      .andThen((answer) => {
        const seen = run.safeParse(answer);
        if (!seen.success) return err({ type: "provider-unavailable", detail: "the answer cannot be read" } as const);
        const event = eventOf(hosts, seen.data);
        return event ? ok(event) : err({ type: "request-not-found" } as const);
      });
  };
