/**
 * A moment in UTC as fixed-width ISO 8601 text (`2026-11-23T06:17:56.000Z`), so the order of texts is the order of
 * times.
 */
export type Timestamp = string;

/** The timestamp of a number of milliseconds since the Unix epoch. */
export const timestamp = (milliseconds: number): Timestamp => new Date(milliseconds).toISOString();

/** The timestamp a number of seconds later; earlier when the number is negative. */
export const addSeconds = (from: Timestamp, seconds: number): Timestamp =>
  timestamp(Date.parse(from) + Math.round(seconds * 1000));

/** Midnight UTC before a moment. */
export const startOfDay = (moment: Timestamp): Timestamp => `${moment.slice(0, 10)}T00:00:00.000Z`;

/** Seconds from one timestamp to another; negative when `to` is the earlier one. */
export const secondsBetween = (from: Timestamp, to: Timestamp): number => (Date.parse(to) - Date.parse(from)) / 1000;
