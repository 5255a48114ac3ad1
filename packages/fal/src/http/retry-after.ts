import { secondsBetween, timestamp, type Timestamp } from "@likeness/core";

/** Seconds that a `Retry-After` header asks to wait: a number of seconds, or an HTTP date. */
export function retryAfter(header: string | null, now: Timestamp): number | undefined {
  if (header === null) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header);
  // `Date.parse` alone would read "-5" as a year.
  const date = /^[a-z]{3}/i.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil(secondsBetween(now, timestamp(date))));
}
