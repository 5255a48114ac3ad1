import type { KeyObject } from "node:crypto";
import { secondsBetween, systemClock, type Clock, type KeysUnavailable, type Timestamp } from "@likeness/core";
import { err, ok, ResultAsync, type Result } from "neverthrow";
import { globalFetch, type Fetch } from "../http/fetch.ts";
import { falHosts } from "../http/hosts.ts";
import { fetchKeys } from "./fetch-keys.ts";

/** The public keys of fal. */
export interface FalKeySet {
  /**
   * Whether some key fits. `keys-unavailable` when that cannot be told: no key is known, or none fits and the last
   * attempt to learn of new ones failed.
   */
  accepts(fits: (key: KeyObject) => boolean): ResultAsync<boolean, KeysUnavailable>;
}

export interface FalKeySetOptions {
  /** All are asked, and one that answers is enough. Default: both of fal's. */
  readonly urls?: readonly string[] | undefined;
  /** Default: the global one. */
  readonly fetch?: Fetch | undefined;
  /** Default: the computer's. */
  readonly clock?: Clock | undefined;
}

/** fal asks to keep its keys for at most 24 hours (https://docs.fal.ai/model-endpoints/webhooks). */
const expireAfterSeconds = 24 * 3600;

/** From this age on new keys are fetched aside, so that no delivery waits for them. */
const renewAfterSeconds = 12 * 3600;

/** A flood of bad signatures must not become a flood of requests. Without any key there is nothing to fall back on. */
const pauseSeconds = { withKeys: 60, withoutKeys: 10 };

/** Keeps the keys of fal in memory. While the hosts are down, the ones it has go on serving. */
export function falKeySet(options: FalKeySetOptions = {}): FalKeySet {
  const { fetch = globalFetch, clock = systemClock } = options;
  const urls = falHosts(options.urls ? { keySets: options.urls } : {}).keySets;
  /** The last answer of each host: one that is down does not take its keys along. */
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

  /** Asks the hosts, unless they are being asked or were just now; then the answer of that time holds. */
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
