import type { BlobFailure, BlobStore } from "../../ports/blob-store.ts";
import { found, type Check, type Found } from "../../ports/check.ts";

/** Writes a blob that nobody else has, reads it back, compares it and deletes it. */
export const blobCheck = (blobs: BlobStore): Check => ({
  name: "blobs",
  cheap: true,
  look: async () => {
    const bytes = crypto.getRandomValues(new Uint8Array(64));
    const stored = await blobs.put(bytes);
    if (stored.isErr()) return [failed("written", stored.error)];
    const key = stored.value;
    const read = await readBack(blobs, key, bytes);
    const deleted = await blobs.delete(key);
    if (read) return [read];
    return deleted.match(
      () => [found.ok("written, read back and deleted")],
      (error) => [failed("deleted", error)],
    );
  },
});

async function readBack(blobs: BlobStore, key: string, written: Uint8Array): Promise<Found | undefined> {
  const opened = await blobs.get(key);
  if (opened.isErr())
    return opened.error.type === "blob-not-found"
      ? found.broken("what was written cannot be found again", "make sure that all processes have the same blob store")
      : failed("read", opened.error);
  const same = await sameBytes(opened.value, written);
  return same ? undefined : found.broken("other bytes are read than were written", "check the disk or the bucket");
}

/** Reads no further than to the first difference. */
async function sameBytes(stream: ReadableStream<Uint8Array>, expected: Uint8Array): Promise<boolean> {
  let at = 0;
  for await (const chunk of stream) for (const byte of chunk) if (byte !== expected[at++]) return false;
  return at === expected.byteLength;
}

const failed = (what: "written" | "read" | "deleted", { cause }: BlobFailure): Found =>
  found.broken(
    `blobs cannot be ${what}: ${cause instanceof Error ? cause.message : String(cause)}`,
    "look at the permissions, the free space and the keys of the blob store",
  );
