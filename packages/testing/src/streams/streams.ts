/** A stream of these chunks. */
export const streamOf = (...chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> => pulled(chunks.values());

/** A stream that yields these chunks and then fails, like a broken connection. */
export const brokenStream = (...chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> => pulled(breaking(chunks));

/** Reads a whole stream. Rejects when it fails. */
export async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Uint8Array.from(Buffer.concat(chunks));
}

const pulled = (chunks: Iterator<Uint8Array>): ReadableStream<Uint8Array> =>
  new ReadableStream({
    pull: (controller) => {
      const next = chunks.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
  });

function* breaking(chunks: readonly Uint8Array[]): Generator<Uint8Array> {
  yield* chunks;
  throw new Error("the stream broke");
}
