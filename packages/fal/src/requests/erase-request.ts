import type { OrderTrace, ProviderError } from "@likeness/core";
import { err, ok, okAsync, safeTry, type Result, type ResultAsync } from "neverthrow";
import { z } from "zod";
import { attempt } from "../http/attempt.ts";
import type { FalConnection } from "../http/connection.ts";
import { isGone, isPassing, providerError, type FalFailure } from "../http/failure.ts";
import { cancelAtFal } from "./cancel-request.ts";
import { findSent } from "./find-request.ts";
import { findListed } from "./request-list.ts";
import { askStatus } from "./request-status.ts";

/** How long to wait after asking a request to stop. */
const stoppingSeconds = 60;

type Erased = Result<void, ProviderError>;

/**
 * Hides what was uploaded, which fal has no call to delete, and deletes input, output and output files of the
 * request. The first needs a key with `assets:write`, the second an admin's; if one is refused, the other is still
 * done.
 */
export const eraseRequest =
  (connection: FalConnection) =>
  (trace: OrderTrace): ResultAsync<void, ProviderError> =>
    safeTry(async function* () {
      const request = yield* requestOf(connection, trace).mapErr(providerError);
      // The payloads name the uploads, so they are deleted last.
      const uploads = trace.prepared
        ? addressesIn(trace.prepared.input)
        : yield* uploadsOf(connection, trace).mapErr(providerError);
      let hidden: Erased = ok(undefined);
      for (const url of [...uploads, ...(trace.copies ?? [])]) {
        const answer = yield* erasedOrRefused(hide(connection, url));
        hidden = hidden.andThen(() => answer);
      }
      if (!request) return hidden;
      yield* ended(connection, trace, request);
      return (yield* erasedOrRefused(deletePayloads(connection, request.requestId))).andThen(() => hidden);
    });

type Handle = Pick<OrderTrace, "statusUrl" | "cancelUrl"> & { readonly requestId: string };

function requestOf(connection: FalConnection, trace: OrderTrace): ResultAsync<Handle | undefined, FalFailure> {
  const { requestId, prepared, input = prepared?.input, submitStartedAt, endpoint } = trace;
  if (requestId !== undefined) return okAsync({ ...trace, requestId });
  if (input === undefined || submitStartedAt === undefined) return okAsync(undefined);
  return findSent(connection, { endpoint, input, submitStartedAt });
}

/** What was uploaded for a request, by its input, which fal lists for as long as it keeps it. */
const uploadsOf = (
  connection: FalConnection,
  { endpoint: endpoint_id, requestId: request_id = "" }: OrderTrace,
): ResultAsync<string[], FalFailure> =>
  findListed(connection, { endpoint_id, request_id }, (listed) => listed.request_id === request_id).map((listed) =>
    // A list in it names weights, which may be those of a training that is not erased.
    Object.values(listed?.json_input ?? {}).filter(isAddress),
  );

/** All addresses in what was prepared, also of weights that were uploaded again. */
const addressesIn = (value: unknown): string[] => {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(addressesIn);
  return isAddress(value) ? [value] : [];
};

const isAddress = (value: unknown): value is string => typeof value === "string" && /^https?:/.test(value);

/**
 * A temporary error ends the work, which is retried later; a refusal is a value that is returned at the end. A 404
 * counts as erased: fal answers nothing else for deleted data, and if it is wrong, the data expire by themselves.
 */
const erasedOrRefused = (work: ResultAsync<void, FalFailure>): ResultAsync<Erased, ProviderError> =>
  work
    .map((): Erased => ok(undefined))
    .orElse((failure) => {
      if (isGone(failure)) return ok(ok(undefined));
      return isPassing(failure) ? err(providerError(failure)) : ok(err(providerError(failure)));
    });

const hide = (connection: FalConnection, url: string): ResultAsync<void, FalFailure> =>
  ask(connection, "PUT", `/v1/storage/files/acl?${new URLSearchParams({ url })}`, { default: "hide", rules: [] }).map(
    () => undefined,
  );

function deletePayloads(connection: FalConnection, requestId: string): ResultAsync<void, FalFailure> {
  const path = `/v1/models/requests/${encodeURIComponent(requestId)}/payloads`;
  return ask(connection, "DELETE", path).andThen((answer) => {
    const left = deletion.safeParse(answer).data?.cdn_delete_results.filter(({ exception }) => exception != null) ?? [];
    const detail = `${left.length} output files were not deleted`;
    return left.length === 0 ? ok(undefined) : err({ type: "answer", status: 200, detail } as const);
  });
}

/** Stops the request first: one that goes on running would store a new output. */
const ended = (
  connection: FalConnection,
  { endpoint }: OrderTrace,
  request: Handle,
): ResultAsync<void, ProviderError> =>
  askStatus(connection, endpoint, request)
    .map(({ status }) => status === "COMPLETED")
    .orElse((failure) => (isGone(failure) ? ok(true) : err(providerError(failure))))
    .andThen((isOver) => {
      if (isOver) return okAsync(undefined);
      const detail = "the request has not ended yet";
      const later = { type: "provider-unavailable", detail, retryAfterSeconds: stoppingSeconds } as const;
      return cancelAtFal(connection, endpoint, request)
        .orElse(() => ok("requested" as const))
        .andThen(() => err(later));
    });

const ask = (
  { hosts, key, fetch }: FalConnection,
  method: "PUT" | "DELETE",
  path: string,
  body?: object,
): ResultAsync<unknown, FalFailure> =>
  attempt<unknown>(async () => {
    const headers = { authorization: `Key ${key}`, accept: "application/json" };
    const init = body
      ? { headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) }
      : { headers };
    const response = await fetch(hosts.api + path, { method, ...init });
    // The status alone means success; the body is ignored.
    return response.json().catch(() => undefined);
  });

const deletion = z.object({ cdn_delete_results: z.array(z.object({ exception: z.unknown() })) });
