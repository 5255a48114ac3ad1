import { describeCause } from "@likeness/core";

/** A description of an error, without characters that PostgreSQL's JSON cannot hold. */
export const storableCause = (cause: unknown): string =>
  describeCause(cause).replaceAll(/[\0\p{Surrogate}]/gu, "\uFFFD");
