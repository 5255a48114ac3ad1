import { addSeconds, type ProviderError, type ProviderRequest, type Training } from "@likeness/core";
import { okAsync, type ResultAsync } from "neverthrow";
import type { FalConnection } from "../http/connection.ts";
import { providerError } from "../http/failure.ts";
import { findListed } from "./request-list.ts";

/** fal's clock and ours may differ. */
const toleranceSeconds = 300;

/** The archive URL is a training's own, so a request with it is the training's. */
export const findTraining =
  (connection: FalConnection) =>
  ({ state, snapshot }: Training): ResultAsync<ProviderRequest | undefined, ProviderError> => {
    if (state.status !== "submitting" && state.status !== "unknown") return okAsync(undefined);
    const { archiveUrl, submitStartedAt } = state;
    return findListed(
      connection,
      { endpoint_id: snapshot.endpoint, start: addSeconds(submitStartedAt, -toleranceSeconds) },
      ({ json_input }) => json_input?.[snapshot.archiveField] === archiveUrl,
    )
      .map((found) => found && { requestId: found.request_id })
      .mapErr(providerError);
  };
