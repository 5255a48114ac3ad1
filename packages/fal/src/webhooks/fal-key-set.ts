import type { KeyObject } from "node:crypto";
import { secondsBetween, systemClock, type Clock, type KeysUnavailable, type Timestamp } from "@likeness/core";
import { err, ok, ResultAsync, type Result } from "neverthrow";
import { globalFetch, type Fetch } from "../http/fetch.ts";
import { falHosts } from "../http/hosts.ts";
import { fetchKeys } from "./fetch-keys.ts";

/** The public keys of fal. */
export interface FalKeySet {
  /**
   * Whether one of the keys verifies the signature. `keys-unavailable` when that is not known: there is no key, or none
   * verifies it and the last attempt to fetch new ones failed.
   */
  accepts(fits: (key: KeyObject) => boolean): ResultAsync<boolean, KeysUnavailable>;
}

export interface FalKeySetOptions {
  /** All are asked, and one answer is enough. Default: both of fal's. */
  readonly urls?: readonly string[] | undefined;
  /** Default: the global one. */
  readonly fetch?: Fetch | undefined;
  /** Default: the computer's. */
  readonly clock?: Clock | undefined;
}

/** fal asks to keep its keys for at most 24 hours (https://docs.fal.ai/model-endpoints/webhooks). */
const expireAfterSeconds = 24 * 3600;

/** From this age on new keys are fetched in the background, so that no delivery waits for them. */
const renewAfterSeconds = 12 * 3600;

/**
 * Shortest time between two fetches, so that many bad signatures do not cause many requests; shorter without any key.
 */
const pauseSeconds = { withKeys: 60, withoutKeys: 10 };

/** Holds fal's keys in memory. While the hosts are down, it uses the keys it has. */
export function falKeySet(options: FalKeySetOptions = {}): FalKeySet {
  const { fetch = globalFetch, clock = systemClock } = options;
  const urls = falHosts(options.urls ? { keySets: options.urls } : {}).keySets;
  /** The last answer of each host, kept while the host is down. */
  const known = new Map<string, readonly KeyObject[]>();
  let renewedAt: Timestamp | undefined;
  let askedAt: Timestamp | undefined;
  let answered = false;
  let underWay: Promise<void> | undefined;

  const age = (since: Timestamp | undefined): number =>
    since === undefined ? Number.POSITIVE_INFINITY : Math.abs(secondsBetween(since, clock.now()));

  const ask = async (): Promise<void> => {
    askedAt = clock.now();
    const answers = await Promise.all(urls.map(async (url) => [url, await fetchKeys(fetch, url)] as const));
    for (const [url, keys] of answers) if (keys.isOk()) known.set(url, keys.value);
    answered = answers.some(([, keys]) => keys.isOk());
    if (answered) renewedAt = clock.now();
    underWay = undefined;
  };

  /** Asks the hosts, unless a request is under way or was made recently; then its result is used. */
  const renew = (): Promise<void> => {
    const pause = known.size > 0 ? pauseSeconds.withKeys : pauseSeconds.withoutKeys;
    if (!underWay && age(askedAt) >= pause) underWay = ask();
    return underWay ?? Promise.resolve();
  };

  const look = async (fits: (key: KeyObject) => boolean): Promise<Result<boolean, KeysUnavailable>> => {
    const isKnown = () => [...known.values()].flat().some(fits);
    if (age(renewedAt) >= expireAfterSeconds) await renew();
    else if (age(renewedAt) >= renewAfterSeconds) void renew();
    if (isKnown()) return ok(true);
    await renew();
    if (isKnown()) return ok(true);
    return answered ? ok(false) : err({ type: "keys-unavailable", detail: "no key set of fal could be fetched" });
  };

  return { accepts: (fits) => new ResultAsync(look(fits)) };
}
