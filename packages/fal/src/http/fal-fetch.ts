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

/** The hosts that `@fal-ai/client` has built in. */
const builtIn = { "https://queue.fal.run": "queue", "https://rest.fal.ai": "rest" } as const satisfies Record<
  string,
  keyof FalHosts
>;

const longestAnswer = 10 * 1024 * 1024;

/**
 * The `fetch` that `@fal-ai/client` is given. It leads the client to the configured hosts, lets the key travel to those
 * alone, ends every call in time, and turns every failure into one `throwable`, which the client does not repeat.
 */
export function falFetch(options: FalFetchOptions): Fetch {
  const { key, hosts, fetch, clock } = options;
  return async (input, init = {}) => {
    // The client names its targets by URL; of a `Request` nothing but that would be kept.
    const url = configured(hosts, new URL(input instanceof Request ? input.url : input));
    const headers = new Headers(init.headers);
    if (!mayCarryKey(hosts, url)) headers.delete("authorization");
    copyLifecycle(headers);

    const seconds = init.body instanceof Blob ? options.transferTimeoutSeconds : options.requestTimeoutSeconds;
    const response = await exchange(fetch, url, { ...init, ...strict, headers }, { seconds, bytes: longestAnswer });
    if (response.ok) return response;
    const answer = await readAnswer(response, key, clock.now());
    // What a storage host refuses says nothing about our account: the next upload gets a fresh address.
    throw throwable(headers.has("authorization") ? answer : silence(`upload: ${answer.detail}`));
  };
}

/**
 * Nothing of ours follows a redirect. And with `window: null` Node need not be able to send the body again, so that it
 * keeps no copy of it: an upload of 85 MB costs 26 MB of memory instead of 100.
 */
const strict = { redirect: "error", window: null } as const satisfies RequestInit;

function configured(hosts: FalHosts, url: URL): URL {
  const host = Object.entries(builtIn).find(([origin]) => origin === url.origin)?.[1];
  return host ? new URL(hosts[host] + url.pathname + url.search) : url;
}

const mayCarryKey = ({ queue, rest, api }: FalHosts, { origin }: URL): boolean => [queue, rest, api].includes(origin);

/**
 * The client asks for an expiry in a header that fal's own Python client says is one of two in use; like that one, both
 * are sent (https://github.com/fal-ai/fal/blob/main/projects/fal_client/src/fal_client/client.py).
 */
function copyLifecycle(headers: Headers): void {
  const lifecycle = headers.get("x-fal-object-lifecycle");
  if (lifecycle !== null) headers.set("x-fal-object-lifecycle-preference", lifecycle);
}
