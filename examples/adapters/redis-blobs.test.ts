import { brokenStream, bytesOf, describeBlobStore, streamOf, valueOf } from "@likeness/testing";
import RedisMock from "ioredis-mock";
import { err, ok } from "neverthrow";
import { beforeEach, describe, expect, it } from "vitest";
import { redisBlobs } from "./redis-blobs.ts";

const redis = new RedisMock();
beforeEach(() => redis.flushall());

describeBlobStore("Redis", async () => redisBlobs(redis));

describe("redisBlobs", () => {
  const hello = new TextEncoder().encode("hello");

  it("leaves nothing behind of what it could not store, and lets what a crash leaves behind expire", async () => {
    const blobs = redisBlobs(redis);
    expect((await blobs.put(brokenStream(hello))).isErr()).toBe(true);
    expect(await redis.keys("*")).toStrictEqual([]);
    let writing: string[] = [];
    await valueOf(
      blobs.put(
        new ReadableStream<Uint8Array>({
          pull: async (controller) => {
            writing = await redis.keys("*");
            expect(await redis.ttl(writing[0] ?? "")).toBeGreaterThan(0);
            controller.enqueue(hello);
            controller.close();
          },
        }),
      ),
    );
    expect(writing).toMatchObject([expect.stringMatching(/^likeness:blob:writing:/)]);
    const [kept] = await redis.keys("*");
    expect(await redis.ttl(kept ?? "")).toBe(-1);
  });

  it("never reads what is being written", async () => {
    const blobs = redisBlobs(redis);
    await redis.set("likeness:blob:writing:1", "half");
    for (const key of ["writing:1", "../blob:writing:1"])
      expect(await blobs.stat(key)).toStrictEqual(err({ type: "blob-not-found", key }));
  });

  it("reads a large blob piece by piece, and fails when it is deleted meanwhile", async () => {
    const blobs = redisBlobs(redis);
    const large = Buffer.alloc(3_000_000, "likeness");
    const key = await valueOf(blobs.put(streamOf(large.subarray(0, 7), large.subarray(7))));
    expect(large.equals(await bytesOf(await valueOf(blobs.get(key))))).toBe(true);
    const reader = (await valueOf(blobs.get(key))).getReader();
    expect((await reader.read()).value).toHaveLength(1 << 20);
    expect(await blobs.delete(key)).toStrictEqual(ok(undefined));
    await expect(reader.read()).rejects.toThrow();
  });

  it("says what Redis refused", async () => {
    const blobs = redisBlobs(new RedisMock({ lazyConnect: true, enableOfflineQueue: false }));
    const failure = { type: "blob-failure", cause: expect.any(Error) };
    expect(await blobs.put(hello)).toStrictEqual(err(failure));
    expect(await blobs.stat("0".repeat(64))).toStrictEqual(err(failure));
  });
});
