import type { Clock } from "@likeness/core";
import { readAnswer } from "./answer.ts";
import { throwable } from "./attempt.ts";
import { exchange } from "./exchange.ts";
import { silence } from "./failure.ts";
import type { Fetch } from "./fetch.ts";
import type { FalHosts } from "./hosts.ts";

export interface FalFetchOptions {
  readonly key: string;
  readonly hosts: FalHosts;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly requestTimeoutSeconds: number;
  readonly transferTimeoutSeconds: number;
}

/** The hosts that are built into `@fal-ai/client`. */
const builtIn = { "https://queue.fal.run": "queue", "https://rest.fal.ai": "rest" } as const satisfies Record<
  string,
  keyof FalHosts
>;

const longestAnswer = 10 * 1024 * 1024;

/**
 * The `fetch` for `@fal-ai/client`. It replaces fal's hosts by the configured ones, sends the key to those only,
 * applies a timeout to every call, and turns every failure into a `throwable`, which the client does not retry.
 */
export function falFetch(options: FalFetchOptions): Fetch {
  const { key, hosts, fetch, clock } = options;
  return async (input, init = {}) => {
    // The client passes URLs; of a `Request` only the URL would be used.
    const url = configured(hosts, new URL(input instanceof Request ? input.url : input));
    const headers = new Headers(init.headers);
    if (!mayCarryKey(hosts, url)) headers.delete("authorization");
    copyLifecycle(headers);

    const seconds = init.body instanceof Blob ? options.transferTimeoutSeconds : options.requestTimeoutSeconds;
    const response = await exchange(fetch, url, { ...init, ...strict, headers }, { seconds, bytes: longestAnswer });
    if (response.ok) return response;
    const answer = await readAnswer(response, key, clock.now());
    // A refusal of a storage host says nothing about our account, and the next upload gets a new address.
    throw throwable(headers.has("authorization") ? answer : silence(`upload: ${answer.detail}`));
  };
}

/**
 * No request follows a redirect. With `window: null` Node need not be able to send the body again and keeps no copy of
 * it, so an upload of 85 MB takes 26 MB of memory instead of 100.
 */
const strict = { redirect: "error", window: null } as const satisfies RequestInit;

function configured(hosts: FalHosts, url: URL): URL {
  const host = Object.entries(builtIn).find(([origin]) => origin === url.origin)?.[1];
  return host ? new URL(hosts[host] + url.pathname + url.search) : url;
}

const mayCarryKey = ({ queue, rest, api }: FalHosts, { origin }: URL): boolean => [queue, rest, api].includes(origin);

/**
 * The client requests an expiry by one header. fal's Python client sends a second one too, because both are in use, and
 * so do we (https://github.com/fal-ai/fal/blob/main/projects/fal_client/src/fal_client/client.py).
 */
function copyLifecycle(headers: Headers): void {
  const lifecycle = headers.get("x-fal-object-lifecycle");
  if (lifecycle !== null) headers.set("x-fal-object-lifecycle-preference", lifecycle);
}
