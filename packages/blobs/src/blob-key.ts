import type { AnnounceBlob } from "@likeness/core";

/** Whether it is a hex SHA-256 as `put` returns it. */
export const isBlobKey = (key: string): boolean => /^[0-9a-f]{64}$/.test(key);

/** Rejects when the key could not be announced, so that the blob is not stored. */
export async function announced(key: string, announce: AnnounceBlob | undefined): Promise<string> {
  const heard = await announce?.(key);
  if (heard?.isErr()) throw new Error("the key of the blob could not be announced", { cause: heard.error });
  return key;
}
