import { beforeEach, describe, expect, it } from "vitest";
import type { BlobStore } from "@likeness/core";
import { err, errAsync, fromSafePromise, ok } from "neverthrow";
import { digestOf, fixtureIds } from "../fixtures/fixture-ids.ts";
import { valueOf } from "../results/value-of.ts";
import { brokenStream, bytesOf, streamOf } from "../streams/streams.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const patterned = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => (index * 31) % 251);

/** The blob of the test of foreign keys, so that some of those keys would reach it as paths. */
const there = digestOf("something");

/** Keys that `put` never returns; some of them are dangerous as file names. */
const foreignKeys = [
  "",
  ".",
  "..",
  "../../etc/passwd",
  "/etc/passwd",
  "..\\..\\boot.ini",
  "sha256",
  "\u0000",
  "%2e%2e%2f",
  "g".repeat(64),
  "0".repeat(63),
  "0".repeat(65),
  `${"0".repeat(62)}/.`,
  `${there}/../${there}`,
  `${there}\n`,
  `0000/../../../${there.slice(0, 2)}/${there.slice(2, 4)}/${there}`,
  digestOf("never stored"),
];

/**
 * The contract of a `BlobStore`. `create` is called once per test and returns an empty store.
 *
 * @example
 * describeBlobStore("memory", async () => memoryBlobStore());
 */
export function describeBlobStore(name: string, create: () => Promise<BlobStore>): void {
  describe(`BlobStore: ${name}`, () => {
    let blobs: BlobStore;
    beforeEach(async () => {
      blobs = await create();
    });

    const content = async (key: string): Promise<Uint8Array> => bytesOf(await valueOf(blobs.get(key)));
    const missing = (key: string) => err({ type: "blob-not-found", key });

    it.each([
      ["bytes", patterned(1_000), (blob: Uint8Array) => blob],
      ["a stream of one chunk", patterned(1_000), (blob: Uint8Array) => streamOf(blob)],
      ["a stream of many chunks", patterned(1_000), (blob: Uint8Array) => streamOf(...pieces(blob, 7))],
      ["nothing", new Uint8Array(), (blob: Uint8Array) => blob],
      ["an empty stream", new Uint8Array(), () => streamOf()],
      ["a stream with empty chunks", bytes("ab"), () => streamOf(bytes(""), bytes("a"), bytes(""), bytes("b"))],
      ["5 MB", patterned(5_000_000), (blob: Uint8Array) => streamOf(...pieces(blob, 65_536))],
    ])("stores %s under the SHA-256 and gives it back", async (_, blob, input) => {
      expect(await blobs.put(input(blob))).toStrictEqual(ok(digestOf(blob)));
      expect(await blobs.stat(digestOf(blob))).toStrictEqual(ok({ bytes: blob.length }));
      expect(digestOf(await content(digestOf(blob)))).toBe(digestOf(blob));
    });

    it("stores a part of a larger buffer as that part", async () => {
      const part = patterned(1_000).subarray(10, 20);
      const key = await valueOf(blobs.put(part));
      expect(await content(key)).toStrictEqual(part.slice());
    });

    it("gives every reader a stream of its own", async () => {
      const blob = patterned(200_000);
      const key = await valueOf(blobs.put(blob));
      const read = await Promise.all([content(key), content(key)]);
      expect(read.map(digestOf)).toStrictEqual([key, key]);
    });

    it("takes the same content again and again, also in parallel", async () => {
      const blob = patterned(100_000);
      const puts = Array.from({ length: 10 }, (_, index) => blobs.put(index % 2 === 0 ? blob : streamOf(blob)));
      expect(await Promise.all(puts)).toStrictEqual(Array(10).fill(ok(digestOf(blob))));
      expect(await blobs.put(blob)).toStrictEqual(ok(digestOf(blob)));
      expect(digestOf(await content(digestOf(blob)))).toBe(digestOf(blob));
    });

    it.each([
      ["bytes", (blob: Uint8Array) => blob],
      ["a stream", (blob: Uint8Array) => streamOf(...pieces(blob, 7))],
    ])("announces the key of %s before the blob can be there", async (_, input) => {
      const blob = bytes(`announced ${fixtureIds.next()}`);
      const heard: unknown[] = [];
      const announce = (key: string) =>
        fromSafePromise(Promise.resolve(blobs.stat(key))).map((found) => heard.push([key, found]));
      const key = digestOf(blob);
      expect(await blobs.put(input(blob), announce)).toStrictEqual(ok(key));
      expect(heard).toStrictEqual([[key, missing(key)]]);
      expect(await blobs.put(input(blob), announce)).toStrictEqual(ok(key));
      expect(heard).toHaveLength(2);
    });

    it("stores nothing whose key cannot be announced", async () => {
      const blob = bytes(`announced ${fixtureIds.next()}`);
      for (const input of [blob, streamOf(blob)])
        expect(await blobs.put(input, () => errAsync("no note of it"))).toStrictEqual(
          err({ type: "blob-failure", cause: expect.anything() }),
        );
      expect(await blobs.stat(digestOf(blob))).toStrictEqual(missing(digestOf(blob)));
    });

    it("keeps different contents apart that come in parallel", async () => {
      const contents = Array.from({ length: 10 }, (_, index) => bytes(`content ${index}`));
      const keys = await Promise.all(contents.map((blob) => valueOf(blobs.put(streamOf(blob)))));
      expect(await Promise.all(keys.map(content))).toStrictEqual(contents);
    });

    it("keeps nothing of a stream that fails, and takes the whole content later", async () => {
      const [half, whole] = [bytes("half"), bytes("half and half")];
      expect(await blobs.put(brokenStream(half))).toStrictEqual(
        err({ type: "blob-failure", cause: expect.anything() }),
      );
      expect(await blobs.stat(digestOf(half))).toStrictEqual(missing(digestOf(half)));
      expect(await blobs.put(brokenStream())).toStrictEqual(err({ type: "blob-failure", cause: expect.anything() }));
      expect(await blobs.stat(digestOf(new Uint8Array()))).toStrictEqual(missing(digestOf(new Uint8Array())));
      const key = await valueOf(blobs.put(whole));
      expect(await content(key)).toStrictEqual(whole);
    });

    it("keeps a blob that is there when the same content fails half-way", async () => {
      const blob = bytes(`blob ${fixtureIds.next()}`);
      const key = await valueOf(blobs.put(blob));
      expect((await blobs.put(brokenStream(blob))).isErr()).toBe(true);
      expect(await content(key)).toStrictEqual(blob);
    });

    it("deletes a blob, again and again, and takes it anew", async () => {
      const [blob, other] = [bytes("gone"), bytes("stays")];
      const [key, otherKey] = [await valueOf(blobs.put(blob)), await valueOf(blobs.put(other))];
      expect(await blobs.delete(key)).toStrictEqual(ok(undefined));
      expect(await blobs.delete(key)).toStrictEqual(ok(undefined));
      expect(await blobs.get(key)).toStrictEqual(missing(key));
      expect(await blobs.stat(key)).toStrictEqual(missing(key));
      expect(await content(otherKey)).toStrictEqual(other);
      expect(await blobs.put(blob)).toStrictEqual(ok(key));
      expect(await content(key)).toStrictEqual(blob);
    });

    it.each(foreignKeys)("finds nothing under a key that it never gave out: %j", async (key) => {
      const stored = await valueOf(blobs.put(bytes("something")));
      expect(await blobs.get(key)).toStrictEqual(missing(key));
      expect(await blobs.stat(key)).toStrictEqual(missing(key));
      expect(await blobs.delete(key)).toStrictEqual(ok(undefined));
      expect(await content(stored)).toStrictEqual(bytes("something"));
    });
  });
}

const pieces = (blob: Uint8Array, length: number): Uint8Array[] =>
  Array.from({ length: Math.ceil(blob.length / length) }, (_, index) =>
    blob.subarray(index * length, (index + 1) * length),
  );
