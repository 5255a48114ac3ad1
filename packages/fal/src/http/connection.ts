import { createFalClient, type FalClient } from "@fal-ai/client";
import { silentLog, systemClock, type Clock, type Log } from "@likeness/core";
import { falFetch } from "./fal-fetch.ts";
import { globalFetch, type Fetch } from "./fetch.ts";
import { falHosts, type FalHostOverrides, type FalHosts } from "./hosts.ts";

export interface FalConnectionOptions {
  /** `id:secret` of the account that pays. */
  readonly key: string;
  /** Overrides of fal's own hosts. */
  readonly hosts?: FalHostOverrides | undefined;
  /** Default: the global one. */
  readonly fetch?: Fetch | undefined;
  /** Default: the computer's. */
  readonly clock?: Clock | undefined;
  /** Gets what an operator should know. Default: nothing is logged. */
  readonly log?: Log | undefined;
  /** Longest wait for one answer, default 30. */
  readonly requestTimeoutSeconds?: number | undefined;
  /** Longest transfer of an upload, or of one 10 MiB part of a large one, default 600. */
  readonly transferTimeoutSeconds?: number | undefined;
}

/** The dependencies of every operation at fal. */
export interface FalConnection {
  readonly hosts: FalHosts;
  readonly clock: Clock;
  readonly log: Log;
  readonly key: string;
  /** The `fetch` option itself, without `falFetch` around it. */
  readonly bareFetch: Fetch;
  readonly fetch: Fetch;
  /** fal's client. Its queue calls go to `returnedUrl` when that is an address on the queue host. */
  client(returnedUrl?: string): FalClient;
}

export function falConnection(options: FalConnectionOptions): FalConnection {
  const { key, fetch: bareFetch = globalFetch, clock = systemClock, log = silentLog } = options;
  if (!/^[\x21-\x7e]+$/.test(key)) throw new Error("the fal key must be printable and without spaces");
  const hosts = falHosts(options.hosts);
  const { requestTimeoutSeconds = 30, transferTimeoutSeconds = 600 } = options;
  const fetch = falFetch({ key, hosts, fetch: bareFetch, clock, requestTimeoutSeconds, transferTimeoutSeconds });
  return {
    hosts,
    clock,
    log,
    key,
    bareFetch,
    fetch,
    client: (returnedUrl) =>
      createFalClient({
        // Passed explicitly: without it, the client would read a key from the environment.
        credentials: key,
        suppressLocalCredentialsWarning: true,
        fetch: ledTo(returnedUrl, hosts, fetch),
      }),
  };
}

/**
 * fal's documentation says not to build status, response and cancel URLs, but its client builds them
 * (https://fal.ai/docs/api-reference/inference-api). So its requests are sent to the URL that fal returned, unless that
 * is on another origin than our queue host.
 */
function ledTo(returnedUrl: string | undefined, { queue }: FalHosts, fetch: Fetch): Fetch {
  if (returnedUrl === undefined || !URL.canParse(returnedUrl) || new URL(returnedUrl).origin !== queue) return fetch;
  return (input, init) => {
    const target = new URL(returnedUrl);
    const built = new URL(input instanceof Request ? input.url : input);
    for (const [name, value] of built.searchParams) target.searchParams.set(name, value);
    return fetch(target, init);
  };
}
