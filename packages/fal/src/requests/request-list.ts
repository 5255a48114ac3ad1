import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import { z } from "zod";
import { attempt } from "../http/attempt.ts";
import type { FalConnection } from "../http/connection.ts";
import { silence, type FalFailure } from "../http/failure.ts";

/** A request in fal's list, with its input and, after its end, its output. */
export type ListedRequest = z.infer<typeof listed>;

export interface RequestQuery {
  readonly endpoint_id: string;
  /** ISO 8601; fal's default is a day ago, or 90 days with a request id. */
  readonly start?: string;
  readonly request_id?: string;
}

/** 2,000 requests of one endpoint, more than a deployment makes before it looks for a lost submit. */
const mostPages = 20;

/**
 * Searches fal's list of an endpoint's requests, page by page, for the first one that matches. fal does not say whether
 * running requests are in it (https://fal.ai/docs/platform-apis/v1/models/requests/by-endpoint), so absence proves
 * nothing.
 */
export function findListed(
  connection: FalConnection,
  query: RequestQuery,
  fits: (request: ListedRequest) => boolean,
): ResultAsync<ListedRequest | undefined, FalFailure> {
  return safeTry(async function* () {
    let cursor: string | undefined;
    for (let page = 0; page < mostPages; page++) {
      const answer = yield* askPage(connection, { ...query, ...(cursor === undefined ? {} : { cursor }) });
      const found = answer.items.flatMap((item) => listed.safeParse(item).data ?? []).find(fits);
      cursor = answer.next_cursor ?? undefined;
      if (found || cursor === undefined) return ok(found);
    }
    return ok(undefined);
  });
}

function askPage(
  { hosts, key, fetch }: FalConnection,
  query: RequestQuery & { readonly cursor?: string },
): ResultAsync<z.infer<typeof page>, FalFailure> {
  const search = new URLSearchParams({ ...query, limit: "100", expand: "payloads" });
  return attempt<unknown>(async () => {
    const url = `${hosts.api}/v1/models/requests/by-endpoint?${search}`;
    const response = await fetch(url, { headers: { authorization: `Key ${key}`, accept: "application/json" } });
    return response.json();
  }).andThen((answer) => {
    const parsed = page.safeParse(answer);
    return parsed.success ? ok(parsed.data) : err(silence("the list of requests cannot be read"));
  });
}

const page = z.object({ items: z.array(z.unknown()), next_cursor: z.string().nullish() });

const listed = z.object({
  request_id: z.string().min(1),
  status_code: z.number().nullish(),
  json_input: z.record(z.string(), z.unknown()).nullish(),
  json_output: z.unknown().optional(),
});
