import { addSeconds, type ProviderError, type ProviderRequest, type Timestamp, type Training } from "@likeness/core";
import { okAsync, type ResultAsync } from "neverthrow";
import type { FalConnection } from "../http/connection.ts";
import { providerError, type FalFailure } from "../http/failure.ts";
import { findListed } from "./request-list.ts";

/** fal's clock and ours may differ. */
const toleranceSeconds = 300;

export const findTraining =
  (connection: FalConnection) =>
  ({ state, snapshot }: Training): ResultAsync<ProviderRequest | undefined, ProviderError> => {
    if (state.status !== "submitting" && state.status !== "unknown") return okAsync(undefined);
    return findByArchive(connection, { ...snapshot, ...state }).mapErr(providerError);
  };

export interface SentArchive {
  readonly endpoint: string;
  readonly archiveField: string;
  readonly archiveUrl: string;
  readonly submitStartedAt: Timestamp;
}

/** Every training has its own archive URL, so a request with that URL is the training's. */
export const findByArchive = (
  connection: FalConnection,
  { endpoint, archiveField, archiveUrl, submitStartedAt }: SentArchive,
): ResultAsync<ProviderRequest | undefined, FalFailure> =>
  findListed(
    connection,
    { endpoint_id: endpoint, start: addSeconds(submitStartedAt, -toleranceSeconds) },
    ({ json_input }) => json_input?.[archiveField] === archiveUrl,
  ).map((found) => found && { requestId: found.request_id });
