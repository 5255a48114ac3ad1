import { secondsBetween, type KeysUnavailable, type Timestamp } from "@likeness/core";
import { err, ok, okAsync, ResultAsync, type Result } from "neverthrow";
import { z } from "zod";
import { replicateConnection, type ReplicateConnectionOptions } from "../http/connection.ts";
import { keyIn } from "./standard-signature.ts";

/** The secrets with which Replicate may sign our webhooks. */
export interface ReplicateSecrets {
  /** Whether one of the keys made the signature. `keys-unavailable` when that is not known. */
  accepts(fits: (key: Uint8Array) => boolean): ResultAsync<boolean, KeysUnavailable>;
}

/**
 * Secrets of the host's own settings, `whsec_…`; the new and the old one while a secret is changed. Throws for one that is
 * no secret, without its value.
 */
export function givenSecrets(...secrets: readonly [string, ...string[]]): ReplicateSecrets {
  const keys = secrets.map((secret) => {
    const key = keyIn(secret);
    if (!key) throw new Error("a webhook secret must be base64 of 16 bytes or more, e.g. whsec_…");
    return key;
  });
  return { accepts: (fits) => okAsync(keys.some(fits)) };
}

/** A secret is asked for again when it is as old as this, so that one that was changed does not count for ever. */
const expireAfterSeconds = 3600;

/** Shortest time between two questions, so that many bad signatures do not cause many; shorter without any secret. */
const pauseSeconds = { withKey: 60, withoutKey: 10 };

/**
 * The account's secret, asked of Replicate when it is first needed, and again when a signature does not fit, because it
 * may have been changed. Needs the account's token and no setting.
 */
export function fetchedSecret(options: ReplicateConnectionOptions): ReplicateSecrets {
  const { call, clock } = replicateConnection(options);
  let key: Uint8Array | undefined;
  let fetchedAt: Timestamp | undefined;
  let askedAt: Timestamp | undefined;
  let answered = false;
  let underWay: Promise<void> | undefined;

  const age = (since: Timestamp | undefined): number =>
    since === undefined ? Number.POSITIVE_INFINITY : Math.abs(secondsBetween(since, clock.now()));

  const ask = async (): Promise<void> => {
    askedAt = clock.now();
    const answer = await call("/webhooks/default/secret");
    const fetched = keyIn(answer.isOk() ? (secret.safeParse(answer.value).data?.key ?? "") : "");
    answered = fetched !== undefined;
    if (fetched) {
      key = fetched;
      fetchedAt = clock.now();
    }
    underWay = undefined;
  };

  /** Asks, unless a question is under way or was put recently; then its answer is used. */
  const renew = (): Promise<void> => {
    if (!underWay && age(askedAt) >= (key ? pauseSeconds.withKey : pauseSeconds.withoutKey)) underWay = ask();
    return underWay ?? Promise.resolve();
  };

  const look = async (fits: (key: Uint8Array) => boolean): Promise<Result<boolean, KeysUnavailable>> => {
    if (age(fetchedAt) >= expireAfterSeconds) await renew();
    if (key && fits(key)) return ok(true);
    await renew();
    if (key && fits(key)) return ok(true);
    return answered ? ok(false) : err({ type: "keys-unavailable", detail: "the webhook secret could not be fetched" });
  };

  return { accepts: (fits) => new ResultAsync(look(fits)) };
}

const secret = z.object({ key: z.string() });
