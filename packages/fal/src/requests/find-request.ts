import { isDeepStrictEqual } from "node:util";
import {
  addSeconds,
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
  ({ state, snapshot }: Order): ResultAsync<ProviderRequest | undefined, ProviderError> => {
    if (state.status !== "submitting" && state.status !== "unknown") return okAsync(undefined);
    const { prepared, submitStartedAt } = state;
    const input = isEmpty(prepared.input) ? snapshot.input : prepared.input;
    return findSent(connection, { endpoint: snapshot.endpoint, input, submitStartedAt }).mapErr(providerError);
  };

export interface Sent {
  readonly endpoint: string;
  /**
   * What no other request has in its input: the archive of a training is at an address of its own, and an order for
   * which nothing was prepared has an input of its own, e.g. by its seed.
   */
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
