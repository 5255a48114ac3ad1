import type { Ids } from "@likeness/core";

/** Ids of the shape of UUIDv7, counted up: the same in every run, later ones sort behind earlier ones. */
export function sequentialIds(first = 1): Ids {
  let next = first;
  return { next: () => `00000000-0000-7000-8000-${(next++).toString(16).padStart(12, "0")}` };
}
