import type { Json, Timestamp } from "@likeness/core";
import type { Activities } from "./activities.ts";
import { refuse, type Call, type Route } from "./call.ts";
import { descriptions } from "./descriptions.ts";
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
  readonly publish: Activities["publish"];
  now(): Timestamp;
}

/** Finds the row of the table for a request; writes it down; lets faults and the key check come first. */
export function router(options: RouterOptions): (request: Request) => Promise<Response> {
  const { routes, key, faults, record, publish, now } = options;

  const answer = (
    request: Request,
    route: Route,
    call: Omit<Call, "body">,
    body: Read,
  ): Response | Promise<Response> => {
    const fault = faults.take(route.name);
    if (fault) return fault === "drop" ? Response.error() : refusal(fault);
    if (route.takes.key && request.headers.get("authorization") !== `Key ${key}`) return refusal({ status: 401 });
    if (body === unreadable) return refuse(422, [{ loc: ["body", 0], msg: "JSON decode error", type: "json_invalid" }]);
    return route.handle({ ...call, body });
  };

  return async (request) => {
    const url = new URL(request.url);
    const method = request.method === "HEAD" ? "GET" : request.method;
    const candidates = routes.filter(({ pattern }) => pattern.test(url.pathname));
    const route = candidates.find((candidate) => candidate.method === method);
    const read = route?.takes.json ? await readJson(request) : null;
    const body = read === unreadable ? null : read;
    const at = now();
    record({ ...summary(request, url), body, at });

    const params = route?.pattern.exec(url.pathname)?.groups ?? {};
    const call = { request, url, params, origins: originsFor(url) };
    const response = route ? await answer(request, route, call, read) : noRoute(candidates);
    publish({
      type: "request",
      at,
      method: request.method,
      path: url.pathname,
      status: response.type === "error" ? undefined : response.status,
      requestId: params.id ?? response.headers.get("x-fal-request-id") ?? undefined,
      description: route ? descriptions[route.name]({ params, body, url }) : "unknown",
      body,
    });
    return response;
  };
}

/** More than this is no input. */
const largestJson = 10 * 1024 ** 2;

const unreadable = Symbol("unreadable");

type Read = Json | typeof unreadable;

/** No body at all is an empty input, as for a model whose fields are all optional. */
async function readJson(request: Request): Promise<Read> {
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
