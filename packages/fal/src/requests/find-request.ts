import { isDeepStrictEqual } from "node:util";
import {
  addSeconds,
  distinctInput,
  type JsonObject,
  type Order,
  type ProviderError,
  type ProviderRequest,
  type Timestamp,
} from "@likeness/core";
import { okAsync, type ResultAsync } from "neverthrow";
import type { FalConnection } from "../http/connection.ts";
import { providerError, type FalFailure } from "../http/failure.ts";
import { findListed } from "./request-list.ts";

/** fal's clock and ours may differ. */
const toleranceSeconds = 300;

export const findRequest =
  (connection: FalConnection) =>
  (order: Order): ResultAsync<ProviderRequest | undefined, ProviderError> => {
    const { state, snapshot } = order;
    const input = distinctInput(order);
    if (!input || (state.status !== "submitting" && state.status !== "unknown")) return okAsync(undefined);
    const { submitStartedAt } = state;
    return findSent(connection, { endpoint: snapshot.endpoint, input, submitStartedAt }).mapErr(providerError);
  };

export interface Sent {
  readonly endpoint: string;
  /** What no other request has in its input, e.g. the address of a training's archive, or a seed. */
  readonly input: JsonObject;
  readonly submitStartedAt: Timestamp;
}

/** An empty input is in every request, so it finds none. */
export const findSent = (
  connection: FalConnection,
  { endpoint, input, submitStartedAt }: Sent,
): ResultAsync<ProviderRequest | undefined, FalFailure> =>
  isEmpty(input)
    ? okAsync(undefined)
    : findListed(
        connection,
        { endpoint_id: endpoint, start: addSeconds(submitStartedAt, -toleranceSeconds) },
        ({ json_input }) =>
          Object.entries(input).every(([field, value]) => isDeepStrictEqual(json_input?.[field], value)),
      ).map((found) => found && { requestId: found.request_id });

const isEmpty = (input: JsonObject): boolean => Object.keys(input).length === 0;
