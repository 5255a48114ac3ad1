import { isDeepStrictEqual } from "node:util";
import {
  addSeconds,
  distinctInput,
  timestamp,
  type JsonObject,
  type Order,
  type ProviderError,
  type ProviderRequest,
  type Timestamp,
} from "@likeness/core";
import { err, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { z } from "zod";
import type { ReplicateConnection } from "../http/connection.ts";
import { providerError } from "../http/failure.ts";
import { runsPath, type RunsPath } from "./paths.ts";
import { run, type Run } from "./run.ts";

/** Replicate's clock and ours may differ. */
const toleranceSeconds = 300;

/** Of a hundred runs each; enough for an account that is used by others too. */
const mostPages = 50;

/**
 * Finds the request of an order whose answer was lost: Replicate's lists have the input of each run, newest first, and no
 * other run has the address of this order's archive, or its seed with its prompt. The inputs of predictions are removed
 * after an hour.
 */
export const findRequest =
  ({ call }: ReplicateConnection) =>
  (order: Order): ResultAsync<ProviderRequest | undefined, ProviderError> => {
    const input = distinctInput(order);
    const { state } = order;
    if (!input || isEmpty(input) || (state.status !== "submitting" && state.status !== "unknown"))
      return okAsync(undefined);
    return findSent(call, { path: runsPath(order), input, submitStartedAt: state.submitStartedAt });
  };

export interface Sent {
  readonly path: RunsPath;
  /** What no other request has. */
  readonly input: JsonObject;
  readonly submitStartedAt: Timestamp;
}

/** Finds a request by its input. */
export function findSent(
  call: ReplicateConnection["call"],
  { path, input, submitStartedAt }: Sent,
): ResultAsync<ProviderRequest | undefined, ProviderError> {
  const since = addSeconds(submitStartedAt, -toleranceSeconds);
  return safeTry(async function* () {
    let next: string | undefined = firstPage(path, since);
    for (let pages = 0; next !== undefined && pages < mostPages; pages++) {
      const answer: unknown = yield* call(next).mapErr(providerError);
      const page = list.safeParse(answer);
      if (!page.success) return err({ type: "provider-unavailable", detail: "the list cannot be read" } as const);
      const found = page.data.results.find((listed) => isSent(listed, input));
      if (found) return ok({ requestId: found.id });
      next = page.data.results.some((listed) => isBefore(listed, since)) ? undefined : (page.data.next ?? undefined);
    }
    return ok(undefined);
  });
}

/** Predictions can be asked for by time; trainings cannot. */
const firstPage = (path: RunsPath, since: Timestamp): string =>
  path === "/trainings" ? path : `${path}?created_after=${encodeURIComponent(since)}`;

const isSent = (listed: Run, input: JsonObject): boolean =>
  Object.entries(input).every(([field, value]) => isDeepStrictEqual(listed.input?.[field], value));

function isBefore({ created_at }: Run, since: Timestamp): boolean {
  const created = Date.parse(created_at ?? "");
  return !Number.isNaN(created) && timestamp(created) < since;
}

const isEmpty = (input: JsonObject): boolean => Object.keys(input).length === 0;

const list = z.object({ results: z.array(run), next: z.string().nullish() });
