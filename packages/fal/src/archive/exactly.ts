import type { ArchiveEntry } from "@likeness/core";

/** The bytes of an entry; fails when they are fewer or more than stated. The stream is closed by the signal. */
export async function* exactly(
  { file, bytes }: ArchiveEntry,
  stream: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  // Not after the loop, which may be waiting for a chunk that never arrives.
  const close = (): void => void reader.cancel().catch(() => undefined);
  if (signal.aborted) return close();
  signal.addEventListener("abort", close);

  let count = 0;
  while (count <= bytes) {
    const piece = await reader.read();
    if (piece.done) break;
    count += piece.value.byteLength;
    if (count <= bytes) yield piece.value;
  }
  if (count !== bytes) throw new Error(`${file} is not as long as announced (${bytes} bytes)`);
  signal.removeEventListener("abort", close);
}
