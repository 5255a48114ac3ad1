import type { Json, Timestamp } from "@likeness/core";
import { refuse, type Route } from "./call.ts";
import type { Faults } from "./faults.ts";
import { originsFor } from "./origins.ts";
import { refusal } from "./refusal.ts";

/** An HTTP request that came in. */
export interface FalFakeRequest {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Lower-case names, without `authorization`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether a key came along. The key itself is never kept. */
  readonly authorization: boolean;
  /** Parsed JSON; `null` for other bodies and none. */
  readonly body: Json;
  readonly at: Timestamp;
}

export interface RouterOptions {
  readonly routes: readonly Route[];
  readonly key: string;
  readonly faults: Faults;
  record(request: FalFakeRequest): void;
  now(): Timestamp;
}

/** Finds the row of the table for a request; writes it down; lets faults and the key check come first. */
export function router({ routes, key, faults, record, now }: RouterOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url);
    const method = request.method === "HEAD" ? "GET" : request.method;
    const candidates = routes.filter(({ pattern }) => pattern.test(url.pathname));
    const route = candidates.find((candidate) => candidate.method === method);
    const body = route?.takes.json ? await readJson(request) : null;
    record({ ...summary(request, url), body: body === unreadable ? null : body, at: now() });

    if (!route) return noRoute(candidates);
    const fault = faults.take(route.name);
    if (fault) return fault === "drop" ? Response.error() : refusal(fault);
    if (route.takes.key && request.headers.get("authorization") !== `Key ${key}`) return refusal({ status: 401 });
    if (body === unreadable) return refuse(422, [{ loc: ["body", 0], msg: "JSON decode error", type: "json_invalid" }]);
    const params = route.pattern.exec(url.pathname)?.groups ?? {};
    return route.handle({ request, url, params, body, origins: originsFor(url) });
  };
}

/** More than this is no input. */
const largestJson = 10 * 1024 ** 2;

const unreadable = Symbol("unreadable");

/** No body at all is an empty input, as for a model whose fields are all optional. */
async function readJson(request: Request): Promise<Json | typeof unreadable> {
  if (Number(request.headers.get("content-length")) > largestJson) return unreadable;
  try {
    const body: Json = JSON.parse((await request.text()) || "{}");
    return body;
  } catch {
    return unreadable;
  }
}

const noRoute = (others: readonly Route[]): Response =>
  others.length === 0
    ? refuse(404, "Not Found")
    : refuse(405, "Method Not Allowed", { allow: others.map(({ method }) => method).join(", ") });

function summary(request: Request, url: URL): Omit<FalFakeRequest, "body" | "at"> {
  const { authorization, ...headers } = Object.fromEntries(request.headers);
  return {
    method: request.method,
    host: url.host,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers,
    authorization: authorization !== undefined,
  };
}
