import type { Ids } from "@likeness/core";

/** Ids of the form of UUIDv7, from a counter: the same in every run, later ones sort after earlier ones. */
export function sequentialIds(first = 1): Ids {
  let next = first;
  return { next: () => `00000000-0000-7000-8000-${(next++).toString(16).padStart(12, "0")}` };
}
