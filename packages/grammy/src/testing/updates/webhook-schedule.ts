import { secondsBetween, type Timestamp } from "@likeness/core";

/** A status code, or why there is none. */
export type WebhookAnswer = number | "timeout" | "unreachable";

/** The state of an update that the webhook has not accepted. */
export interface Tries {
  readonly failures: number;
  /** Seconds of the last pause. */
  readonly pause: number;
  readonly dueAt: Timestamp;
}

export const firstTry: Tries = { failures: 0, pause: 1, dueAt: "" };

/** Timeout of an answer. */
export const attemptSeconds = 60;

/** Telegram's longest pause is a random one between this and twice as much. */
const longestPause = 60;

const longestRetryAfter = 3600;

/** Seconds to wait: what `Retry-After` asks for, else none after the first failure, and then 2, 4, 8… */
export function afterFailure({ failures, pause }: Tries, retryAfter = 0): Omit<Tries, "dueAt"> & { delay: number } {
  const asked = Math.min(Math.max(Math.floor(retryAfter), 0), longestRetryAfter);
  if (asked > 0 || failures === 0) return { failures: failures + 1, pause, delay: asked };
  const next = Math.min(pause * 2, longestPause);
  return { failures: failures + 1, pause: next, delay: next };
}

/** A webhook that answers 410 for 23 hours is removed. */
export const hasLongBeenGone = (since: Timestamp | undefined, now: Timestamp): boolean =>
  since !== undefined && secondsBetween(since, now) > 23 * 60 * 60;
