import type { AnnounceBlob } from "@likeness/core";

/** Rejects when the key could not be announced, so that the blob is not stored. */
export async function announced(key: string, announce: AnnounceBlob | undefined): Promise<string> {
  const heard = await announce?.(key);
  if (heard?.isErr()) throw new Error("the key of the blob could not be announced", { cause: heard.error });
  return key;
}
