import { createHash } from "node:crypto";
import { diskBlobs } from "../disk-blobs.ts";

// Runs as a separate process: puts one blob after the other and prints each step, until it is killed.
// With a second argument it goes silent before that chunk of the first blob.
const [directory = "", silentFrom] = process.argv.slice(2);
const blobs = diskBlobs(directory);
const chunks = 8;
setInterval(() => undefined, 60_000);

const bytesOf = (blob: number, chunk: number) => Buffer.alloc(64 * 1024, `${blob}:${chunk};`);

function keyOf(blob: number): string {
  const hash = createHash("sha256");
  for (let chunk = 0; chunk < chunks; chunk++) hash.update(bytesOf(blob, chunk));
  return hash.digest("hex");
}

function contentOf(blob: number): ReadableStream<Uint8Array> {
  let chunk = 0;
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      process.stdout.write(`writing ${keyOf(blob)} ${chunk}\n`);
      if (chunk === Number(silentFrom)) await new Promise(() => undefined);
      controller.enqueue(bytesOf(blob, chunk++));
      if (chunk === chunks) controller.close();
    },
  });
}

for (let blob = 0; ; blob++) {
  const stored = await blobs.put(contentOf(blob));
  process.stdout.write(`stored ${stored.unwrapOr("nothing")}\n`);
}
