import { addSeconds, type Timestamp } from "@likeness/core";
import { z } from "zod";

/** fal uses the one for uploads and the other for what a request yields; its Python client sends both. */
const names = ["x-fal-object-lifecycle-preference", "x-fal-object-lifecycle"] as const;

/**
 * When a file is deleted that is made now, by the header that asks for it; `undefined` when it is kept.
 * https://fal.ai/docs/documentation/model-apis/media-expiration.md
 */
export function expiryIn(headers: Headers, now: Timestamp): Timestamp | undefined {
  const seconds = lifetimeIn(headers);
  return seconds === undefined ? undefined : addSeconds(now, seconds);
}

/** For how many seconds the files of a request are kept, if it says. */
export function lifetimeIn(headers: Headers): number | undefined {
  const value = names.map((name) => headers.get(name)).find((header) => header !== null);
  if (value == null) return undefined;
  try {
    return preference.safeParse(JSON.parse(value)).data?.expiration_duration_seconds ?? undefined;
  } catch {
    return undefined;
  }
}

const preference = z.object({ expiration_duration_seconds: z.number().positive().nullish() });
