import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { bytesOf, describeBlobStore, streamOf, valueOf } from "@likeness/testing";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { clientFor, listen, s3Server } from "./__fixtures__/s3-server.ts";
import { s3Blobs } from "./s3-blobs.ts";

const bucket = "photos";
const withoutChecksums = {
  requestChecksumCalculation: "WHEN_REQUIRED",
  responseChecksumValidation: "WHEN_REQUIRED",
} as const;

const hello = new TextEncoder().encode("hello");
const helloKey = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
const helloObject = `/photos/sha256/2c/f2/${helloKey}`;

describeBlobStore("s3", async () => s3Blobs(clientFor((await s3Server(bucket)).url), { bucket }));

describeBlobStore("s3 with a prefix and without checksums", async () =>
  s3Blobs(clientFor((await s3Server(bucket)).url, withoutChecksums), { bucket, prefix: "likeness" }),
);

const failure = (cause: object) => err({ type: "blob-failure", cause: expect.objectContaining(cause) });

describe("s3Blobs", () => {
  it.each([
    [undefined, helloObject],
    ["", helloObject],
    ["likeness/photos", `/photos/likeness/photos/sha256/2c/f2/${helloKey}`],
    ["/likeness/", `/photos/likeness/sha256/2c/f2/${helloKey}`],
  ])("names an object by prefix (%j) and SHA-256, two folders deep", async (prefix, path) => {
    const { url, seen } = await s3Server(bucket);
    expect(await s3Blobs(clientFor(url), { bucket, prefix }).put(hello)).toStrictEqual(ok(helloKey));
    expect(seen.map(({ line }) => line)).toStrictEqual([`PUT ${path}?x-id=PutObject`]);
  });

  const digests = { "x-amz-content-sha256": helloKey };
  const checksum = { "x-amz-checksum-sha256": Buffer.from(helloKey, "hex").toString("base64") };
  it.each([
    ["bytes", () => hello, {}, { ...digests, ...checksum }],
    ["a stream", () => streamOf(hello), {}, { ...digests, ...checksum }],
    ["bytes, to a server that refuses checksums", () => hello, withoutChecksums, digests],
    ["a stream, to a server that refuses checksums", () => streamOf(hello), withoutChecksums, digests],
  ])("sends %s in one piece, once only, privately and with their SHA-256", async (_, content, config, expected) => {
    const { url, seen } = await s3Server(bucket);
    await s3Blobs(clientFor(url, config), { bucket }).put(content());
    const put = seen.find(({ line }) => line.startsWith("PUT"));
    const named = /^(content-|transfer-|if-|x-amz-(?!date|user-agent))/;
    const headers = Object.entries(put?.headers ?? {}).filter(([name]) => named.test(name));
    expect(Object.fromEntries(headers)).toStrictEqual({
      "content-length": "5",
      "content-type": "application/octet-stream",
      "if-none-match": "*",
      ...expected,
    });
  });

  it("takes the refusal of an object that is there for success", async () => {
    const { url, seen } = await s3Server(bucket);
    const blobs = s3Blobs(clientFor(url), { bucket });
    expect([await blobs.put(hello), await blobs.put(hello)]).toStrictEqual([ok(helloKey), ok(helloKey)]);
    expect(seen.map(({ status }) => status)).toStrictEqual([200, 412]);
  });

  it("does not send a stream whose object is there, and takes one that comes meanwhile for success", async () => {
    const { url, seen, refusals } = await s3Server(bucket);
    const blobs = s3Blobs(clientFor(url), { bucket });
    await blobs.put(hello);
    expect(await blobs.put(streamOf(hello))).toStrictEqual(ok(helloKey));
    refusals.push(404);
    expect(await blobs.put(streamOf(hello))).toStrictEqual(ok(helloKey));
    const answers = seen.map(({ line, status }) => `${line.split(" ")[0]} ${status}`);
    expect(answers).toStrictEqual(["PUT 200", "HEAD 200", "HEAD 404", "PUT 412"]);
  });

  it("fails to read an object whose bytes are not those that were stored", async () => {
    const { url } = await s3Server(bucket);
    const client = clientFor(url);
    const Key = helloObject.slice("/photos/".length);
    const ChecksumSHA256 = checksum["x-amz-checksum-sha256"];
    await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: "hullo", ChecksumSHA256 }));
    const stream = await valueOf(s3Blobs(client, { bucket }).get(helloKey));
    await expect(bytesOf(stream)).rejects.toThrow("Checksum mismatch");
  });

  it("tells a bucket that is missing from a blob that is", async () => {
    const { url } = await s3Server("other");
    const blobs = s3Blobs(clientFor(url), { bucket });
    const missing = failure({ name: "NoSuchBucket" });
    expect(await blobs.put(hello)).toStrictEqual(missing);
    expect(await blobs.put(streamOf(hello))).toStrictEqual(missing);
    expect(await blobs.get(helloKey)).toStrictEqual(missing);
    expect(await blobs.stat(helloKey)).toStrictEqual(missing);
    expect(await blobs.delete(helloKey)).toStrictEqual(missing);
  });

  it("takes what it may not see for a failure", async () => {
    const { url, refusals } = await s3Server(bucket);
    const blobs = s3Blobs(clientFor(url), { bucket });
    const forbidden = failure({ $metadata: expect.objectContaining({ httpStatusCode: 403 }) });
    refusals.push(403, 403, 403, 403);
    expect(await blobs.put(hello)).toStrictEqual(forbidden);
    expect(await blobs.get(helloKey)).toStrictEqual(forbidden);
    expect(await blobs.stat(helloKey)).toStrictEqual(forbidden);
    expect(await blobs.delete(helloKey)).toStrictEqual(forbidden);
  });

  it("deletes what is not there also where that is answered with 404", async () => {
    const { url, refusals } = await s3Server(bucket);
    refusals.push(404);
    expect(await s3Blobs(clientFor(url), { bucket }).delete(helloKey)).toStrictEqual(ok(undefined));
  });

  it("repeats bytes after a 503, as the client is told to", async () => {
    const { url, refusals, seen } = await s3Server(bucket);
    refusals.push(503);
    expect(await s3Blobs(clientFor(url), { bucket }).put(hello)).toStrictEqual(ok(helloKey));
    expect(seen.map(({ status }) => status)).toStrictEqual([503, 200]);
  });

  it("fails when no server is there", async () => {
    const closed = createServer().listen(0, "127.0.0.1");
    await once(closed, "listening");
    const address = closed.address();
    const port = typeof address === "object" ? address?.port : undefined;
    await new Promise((resolve) => closed.close(resolve));
    const blobs = s3Blobs(clientFor(`http://127.0.0.1:${port}`, { maxAttempts: 2 }), { bucket });
    const refused = failure({ code: "ECONNREFUSED" });
    expect(await blobs.put(hello)).toStrictEqual(refused);
    expect(await blobs.get(helloKey)).toStrictEqual(refused);
    expect(await blobs.stat(helloKey)).toStrictEqual(refused);
    expect(await blobs.delete(helloKey)).toStrictEqual(refused);
  });

  it("fails when the server does not answer in the time that the client gives", async () => {
    const held: ServerResponse[] = [];
    const url = await listen(createServer((_incoming, outgoing) => void held.push(outgoing)));
    const requestHandler = { socketTimeout: 50 };
    const blobs = s3Blobs(clientFor(url, { requestHandler, maxAttempts: 1 }), { bucket });
    const late = failure({ name: "TimeoutError" });
    expect(await blobs.put(hello)).toStrictEqual(late);
    expect(await blobs.put(streamOf(hello))).toStrictEqual(late);
    expect(await blobs.get(helloKey)).toStrictEqual(late);
    expect(held).toHaveLength(4);
  });

  it("keeps no connection to a server that refuses a stream without reading it", async () => {
    let open = 0;
    const server = createServer((incoming, outgoing) => {
      outgoing.writeHead(incoming.method === "HEAD" ? 404 : 403).end();
    });
    server.on("connection", (socket) => {
      open++;
      socket.once("close", () => open--);
    });
    server.keepAliveTimeout = 3_600_000;
    const url = await listen(server);
    const blobs = s3Blobs(clientFor(url), { bucket });
    expect((await blobs.put(streamOf(new Uint8Array(1_900_000)))).isErr()).toBe(true);
    await expect.poll(() => open).toBe(0);
  });
});
