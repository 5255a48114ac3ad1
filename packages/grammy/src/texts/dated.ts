import type { Timestamp } from "@likeness/core";

/** A day as it is written in a language: `23 Nov 2026`. In UTC. */
export const dated = (locale: string, at: Timestamp): string =>
  new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(
    new Date(at),
  );
