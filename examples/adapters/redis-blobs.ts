import { createHash, randomUUID } from "node:crypto";
import type { BlobFailure, BlobNotFound, BlobStore } from "@likeness/core";
import type { Redis } from "ioredis";
import { err, errAsync, ok, okAsync, ResultAsync } from "neverthrow";

export interface RedisBlobsOptions {
  /** Begins the names of all keys. Default `likeness:blob:`. */
  readonly prefix?: string | undefined;
}

/** Bytes that are read at once. */
const pieceBytes = 1 << 20;

/** How long what a crash left behind stays. Longer than any upload takes. */
const leftoverSeconds = 6 * 3_600;

const failure = (cause: unknown): BlobFailure => ({ type: "blob-failure", cause });
const attempt = <T>(work: () => Promise<T>): ResultAsync<T, BlobFailure> => ResultAsync.fromPromise(work(), failure);

/** Blobs in Redis, up to its 512 MB for a value: enough for photos and pictures, and for models of a LoRA. */
export function redisBlobs(redis: Redis, { prefix = "likeness:blob:" }: RedisBlobsOptions = {}): BlobStore {
  const nameOf = (key: string): string => prefix + key;

  /** Appends to a key that vanishes by itself, unless the blob is kept. Returns the SHA-256. */
  const write = async (name: string, content: Uint8Array | ReadableStream<Uint8Array>): Promise<string> => {
    const hash = createHash("sha256");
    await redis.set(name, "", "EX", leftoverSeconds);
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      hash.update(chunk);
      await redis.append(name, Buffer.from(chunk));
    }
    return hash.digest("hex");
  };

  /** In one transaction, so that a blob is there for good or not at all; one that was there is left as it is. */
  const keep = async (name: string, key: string): Promise<string> => {
    const answers = await redis.multi().persist(name).renamenx(name, nameOf(key)).del(name).exec();
    const [refused] = (answers ?? [[new Error("Redis discarded the transaction")]]).flatMap(([cause]) => cause ?? []);
    if (refused) throw refused;
    return key;
  };

  const sizeOf = (key: string): ResultAsync<number, BlobFailure | BlobNotFound> => {
    const missing = { type: "blob-not-found", key } as const;
    // No other key was ever given out, and none may reach what is being written.
    if (!/^[0-9a-f]{64}$/.test(key)) return errAsync(missing);
    return attempt(async () => ((await redis.exists(nameOf(key))) ? redis.strlen(nameOf(key)) : undefined)).andThen(
      (bytes) => (bytes === undefined ? err(missing) : ok(bytes)),
    );
  };

  return {
    put: (content, announce = () => okAsync(undefined)) => {
      const name = `${prefix}writing:${randomUUID()}`;
      return attempt(() => write(name, content))
        .andThen((key) =>
          announce(key)
            .mapErr(failure)
            .map(() => key),
        )
        .andThen((key) => attempt(() => keep(name, key)))
        .orElse((error) => attempt(() => redis.del(name)).andThen(() => err(error)));
    },
    get: (key) => sizeOf(key).map((bytes) => streamOf(redis, nameOf(key), bytes)),
    stat: (key) => sizeOf(key).map((bytes) => ({ bytes })),
    delete: (key) =>
      sizeOf(key)
        .andThen(() => attempt(() => redis.del(nameOf(key))))
        .map(() => undefined)
        .orElse((error) => (error.type === "blob-not-found" ? ok(undefined) : err(error))),
  };
}

/** Reads a piece when it is asked for, so that a large blob is never in memory as a whole. */
function streamOf(redis: Redis, name: string, bytes: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        if (at >= bytes) return controller.close();
        const piece = await redis.getrangeBuffer(name, at, at + pieceBytes - 1);
        if (piece.length === 0) throw new Error("the blob was deleted while it was read");
        at += piece.length;
        controller.enqueue(new Uint8Array(piece));
      },
    },
    { highWaterMark: 0 },
  );
}
