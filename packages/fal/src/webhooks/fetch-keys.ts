import { createPublicKey, type KeyObject } from "node:crypto";
import type { ResultAsync } from "neverthrow";
import { z } from "zod";
import { attempt, throwable } from "../http/attempt.ts";
import { exchange } from "../http/exchange.ts";
import { silence, type FalFailure } from "../http/failure.ts";
import type { Fetch } from "../http/fetch.ts";

const limits = { seconds: 5, bytes: 64 * 1024 };

/** Fetches one key set. A set without a usable key is a failure. */
export const fetchKeys = (fetch: Fetch, url: string): ResultAsync<readonly KeyObject[], FalFailure> =>
  attempt(async () => {
    const init: RequestInit = { headers: { accept: "application/json" }, redirect: "error" };
    const response = await exchange(fetch, new URL(url), init, limits);
    if (!response.ok) throw throwable(silence(`key set: status ${response.status}`));
    const parsed = keySet.safeParse(await response.json());
    const keys = (parsed.data?.keys ?? [])
      .flatMap((candidate) => jwk.safeParse(candidate).data ?? [])
      .flatMap(importKey);
    if (keys.length === 0) throw throwable(silence("key set: no Ed25519 key in it"));
    return keys;
  });

/** Keys are imported once, because that costs more than a verification. */
function importKey({ x }: z.infer<typeof jwk>): KeyObject[] {
  try {
    const key = { kty: "OKP", crv: "Ed25519", x: x.replace(/=+$/, "") };
    return [createPublicKey({ key, format: "jwk" })];
  } catch {
    return [];
  }
}

const keySet = z.object({ keys: z.array(z.unknown()).max(100) });

const jwk = z.object({ kty: z.literal("OKP").nullish(), crv: z.literal("Ed25519").nullish(), x: z.string() });
