import {
  addSeconds,
  type Order,
  type Prepared,
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

export const findOrder =
  (connection: FalConnection) =>
  ({ state, snapshot }: Order): ResultAsync<ProviderRequest | undefined, ProviderError> => {
    if (state.status !== "submitting" && state.status !== "unknown") return okAsync(undefined);
    return findPrepared(connection, { ...snapshot, ...state }).mapErr(providerError);
  };

export interface Sent {
  readonly endpoint: string;
  readonly prepared: Prepared;
  readonly submitStartedAt: Timestamp;
}

/** Every training has an archive at an address of its own, so a request with that address is the training's. */
export const findPrepared = (
  connection: FalConnection,
  { endpoint, prepared, submitStartedAt }: Sent,
): ResultAsync<ProviderRequest | undefined, FalFailure> =>
  findListed(
    connection,
    { endpoint_id: endpoint, start: addSeconds(submitStartedAt, -toleranceSeconds) },
    ({ json_input }) => Object.entries(prepared.input).every(([field, value]) => json_input?.[field] === value),
  ).map((found) => found && { requestId: found.request_id });
