import { createHash, verify, type KeyObject } from "node:crypto";
import {
  secondsBetween,
  systemClock,
  type Clock,
  type KeysUnavailable,
  type Timestamp,
  type Delivery,
} from "@likeness/core";
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

/** The headers that fal signs with (https://docs.fal.ai/model-endpoints/webhooks). */
export const signatureHeaders = [
  "x-fal-webhook-request-id",
  "x-fal-webhook-user-id",
  "x-fal-webhook-timestamp",
  "x-fal-webhook-signature",
] as const;

export interface SignedHeaders {
  readonly requestId: string;
  readonly userId: string;
  /** Seconds since the Unix epoch, as text: the signature covers the text. */
  readonly timestamp: string;
  /** Hex. */
  readonly signature: string;
}

/** The four headers; undefined when one is missing. */
export function signedHeaders({ headers }: Delivery): SignedHeaders | undefined {
  const [requestId, userId, timestamp, signature] = signatureHeaders.map((name) => headers[name]);
  return requestId && userId && timestamp && signature ? { requestId, userId, timestamp, signature } : undefined;
}

/** 64 bytes in hex. Checked, because Node's decoder silently truncates bad input. */
export const isHexSignature = ({ signature }: SignedHeaders): boolean => /^[0-9a-f]{128}$/i.test(signature);

/** Ed25519 over request id, user id, timestamp and the hex SHA-256 of the raw body, one per line, none at the end. */
export function isSignedBy(key: KeyObject, signed: SignedHeaders, body: Uint8Array): boolean {
  const { requestId, userId, timestamp, signature } = signed;
  const digest = createHash("sha256").update(body).digest("hex");
  const message = Buffer.from([requestId, userId, timestamp, digest].join("\n"), "utf8");
  return verify(null, message, key, Buffer.from(signature, "hex"));
}
