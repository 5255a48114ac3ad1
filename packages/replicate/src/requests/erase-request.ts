import {
  secondsBetween,
  timestamp,
  type OrderTrace,
  type ProviderError,
  type ProviderRefused,
  type ProviderUnavailable,
  type Timestamp,
} from "@likeness/core";
import { err, errAsync, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { z } from "zod";
import type { ReplicateConnection } from "../http/connection.ts";
import { providerError, type ReplicateFailure } from "../http/failure.ts";
import { findSent } from "./find-request.ts";
import { endpointIn, type RunsPath } from "./paths.ts";
import { run, type Run } from "./run.ts";

/** How long to wait after asking a run to stop. */
const stoppingSeconds = 60;

/** Replicate removes input, output, files and log of a prediction so long after its end. */
const keptSeconds = 3600;

/**
 * Deletes what was uploaded for an order, and the version of the destination that a training yielded, with its files and the
 * predictions that were made with it. Replicate has no call that deletes a run: it removes the data of a prediction by itself an
 * hour after its end, until when the answer is to ask later, and keeps the record of a training, which is refused.
 */
export const eraseRequest =
  ({ call, hosts, clock }: ReplicateConnection, destination: string) =>
  (trace: OrderTrace): ResultAsync<void, ProviderError> =>
    safeTry(async function* () {
      // Photos of a face go first: they do not wait for a run that cannot be read now.
      for (const url of uploadsIn(`${hosts.api}/v1`, trace)) yield* found(call(url, { method: "DELETE" }));
      const there = yield* runOf(call, trace);
      if (!there) return ok(undefined);
      const { path, seen } = there;
      if (!isOver(seen)) {
        yield* found(call(`${path}/${encodeURIComponent(seen.id)}/cancel`, { method: "POST" }));
        return err(stillRuns);
      }
      if (path === "/predictions") return seen.data_removed ? ok(undefined) : err(removedLater(seen, clock.now()));
      const version = versionIn(seen, destination);
      if (version !== undefined) yield* found(call(`/models/${destination}/versions/${version}`, { method: "DELETE" }));
      return err(recordKept);
    });

interface RunThere {
  readonly path: RunsPath;
  readonly seen: Run;
}

/** The run of an order. A trace does not tell of which kind it is. */
const runOf = (
  call: ReplicateConnection["call"],
  trace: OrderTrace,
): ResultAsync<RunThere | undefined, ProviderError> =>
  safeTry(async function* () {
    for (const path of ["/trainings", "/predictions"] as const) {
      const requestId = trace.requestId ?? (yield* lost(call, path, trace));
      const answer = requestId && (yield* found(call(`${path}/${encodeURIComponent(requestId)}`)));
      if (!answer) continue;
      const seen = run.safeParse(answer);
      return seen.success
        ? ok({ path, seen: seen.data })
        : err({ type: "provider-unavailable", detail: "the answer cannot be read" } as const);
    }
    return ok(undefined);
  });

function lost(
  call: ReplicateConnection["call"],
  path: RunsPath,
  { prepared, input = prepared?.input, submitStartedAt }: OrderTrace,
): ResultAsync<string | undefined, ProviderError> {
  if (!input || Object.keys(input).length === 0 || submitStartedAt === undefined) return okAsync(undefined);
  return findSent(call, { path, input, submitStartedAt: timestamp(Date.parse(submitStartedAt)) }).map(
    (request) => request?.requestId,
  );
}

/** The paths of our uploads, of which nothing else is named in what was prepared. */
const uploadsIn = (api: string, { prepared }: OrderTrace): string[] =>
  Object.values(prepared?.input ?? {}).filter(
    (value): value is string => typeof value === "string" && value.startsWith(`${api}/files/`),
  );

/** `undefined`: there is none, or none any more. */
const found = (asked: ResultAsync<unknown, ReplicateFailure>): ResultAsync<unknown, ProviderError> =>
  asked.orElse((failure) =>
    failure.type === "answer" && failure.status === 404 ? okAsync(undefined) : errAsync(providerError(failure)),
  );

const isOver = ({ status }: Run): boolean => ["succeeded", "failed", "canceled", "aborted"].includes(status);

/** The version of our destination in what a training yielded, and of no other model. */
function versionIn({ output }: Run, destination: string): string | undefined {
  const version = yielded.safeParse(output).data?.version;
  const { model, version: id } = endpointIn(version ?? "") ?? {};
  return model === destination ? id : undefined;
}

const yielded = z.object({ version: z.string() });

const stillRuns: ProviderUnavailable = {
  type: "provider-unavailable",
  detail: "it still runs and was asked to stop",
  retryAfterSeconds: stoppingSeconds,
};

/** A prediction whose hour is over, or whose end Replicate does not tell, is looked at again after another one. */
function removedLater({ completed_at }: Run, now: Timestamp): ProviderUnavailable {
  const endedAt = Date.parse(completed_at ?? "");
  const seconds = Number.isNaN(endedAt) ? 0 : keptSeconds - secondsBetween(timestamp(endedAt), now);
  return {
    type: "provider-unavailable",
    detail: "Replicate removes a picture and its words by itself, an hour after it was made",
    retryAfterSeconds: seconds > 0 && seconds < keptSeconds ? Math.ceil(seconds) : keptSeconds,
  };
}

const recordKept: ProviderRefused = {
  type: "provider-refused",
  status: 0,
  detail: "Replicate keeps the record of a training: its settings, times and log",
};
