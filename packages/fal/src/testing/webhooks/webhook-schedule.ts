/** Seconds that an attempt may take: 15 the first time, then 120. */
export const attemptSeconds = (attempt: number): number => (attempt === 1 ? 15 : 120);

/** fal tries 31 times again at most. */
export const mostAttempts = 32;

/** Seconds before the next attempt. That the pause grows is fal's, the numbers are ours: 1, 2, 4, … 120. */
export const pauseSeconds = (attempt: number): number => Math.min(2 ** (attempt - 1), 120);

/** Seconds that an unstored result is kept, and retries go on: an hour, or six minutes from 10 KB on. */
export const retentionSeconds = (bytes: number): number => (bytes >= 10_000 ? 6 * 60 : 60 * 60);

/** The result of one attempt: a status code, or no answer. */
export type WebhookAnswer = number | "timeout" | "unreachable";

/** 2xx is delivered, 3xx is given up at once and never followed, the rest is tried again. */
export const isWorthRetrying = (answer: WebhookAnswer): boolean => typeof answer === "string" || answer >= 400;
