import { createHash } from "node:crypto";
import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { AnnounceBlob, BlobFailure, BlobNotFound, BlobStore } from "@likeness/core";
import { err, errAsync, ok, okAsync, ResultAsync } from "neverthrow";
import { announced, isBlobKey } from "../blob-key.ts";
import { putObject } from "./put-object.ts";
import { isMissingObject } from "./service-error.ts";
import { withSpoolFile } from "./spool-file.ts";

export interface S3BlobsOptions {
  readonly bucket: string;
  /** Prefix of every object key, e.g. `likeness/photos`. Default: none. */
  readonly prefix?: string | undefined;
}

/**
 * Keeps blobs as objects `<prefix>/sha256/ab/cd/<hex>` of a bucket, private unless the bucket's own rules say
 * otherwise. The caller owns the client and sets its retries and timeouts. Without a `socketTimeout` it waits for ever
 * for a server that accepts a request and never answers.
 *
 * Cloudflare R2, MinIO and Backblaze B2 need a client with `requestChecksumCalculation` and
 * `responseChecksumValidation` set to `WHEN_REQUIRED`: https://github.com/aws/aws-sdk-js-v3/issues/6810
 *
 * @example
 * const blobs = s3Blobs(new S3Client({ region: "eu-central-1" }), { bucket: "likeness", prefix: "production" });
 */
export function s3Blobs(client: S3Client, { bucket, prefix = "" }: S3BlobsOptions): BlobStore {
  const folders = [...prefix.split("/").filter((folder) => folder !== ""), "sha256"];
  const named = (key: string): ObjectName => ({
    Bucket: bucket,
    Key: [...folders, key.slice(0, 2), key.slice(2, 4), key].join("/"),
  });

  const putBytes = async (Body: Uint8Array, announce?: AnnounceBlob): Promise<string> => {
    const digest = await announced(createHash("sha256").update(Body).digest("hex"), announce);
    await putObject(client, { ...named(digest), digest, bytes: Body.byteLength, Body });
    return digest;
  };
  const putStream = (content: ReadableStream<Uint8Array>, announce?: AnnounceBlob): Promise<string> =>
    withSpoolFile(content, async ({ digest, bytes, file }) => {
      await announced(digest, announce);
      // Only an optimisation: a job that runs again would upload the same large model again.
      if (await isThere(client, named(digest))) return digest;
      const Body = file.createReadStream({ start: 0, autoClose: false });
      await putObject(client, { ...named(digest), digest, bytes, Body });
      return digest;
    });

  const get: BlobStore["get"] = (key) => whenKey(key, () => attempt(readObject(client, named(key))));
  const stat: BlobStore["stat"] = (key) =>
    whenKey(key, () => attempt(client.send(new HeadObjectCommand(named(key))))).map(({ ContentLength = 0 }) => ({
      bytes: ContentLength,
    }));

  return {
    put: (content, announce) =>
      attempt(content instanceof Uint8Array ? putBytes(content, announce) : putStream(content, announce)),
    get,
    // The answer to a HEAD has no body, so it does not say whether the object or the bucket is missing. A GET does.
    stat: (key) =>
      stat(key).orElse((failure) =>
        failure.type === "blob-not-found"
          ? get(key).andThen((stream) => attempt(stream.cancel()).andThen(() => err(failure)))
          : err(failure),
      ),
    delete: (key) =>
      isBlobKey(key)
        ? attempt(client.send(new DeleteObjectCommand(named(key))))
            .map(() => undefined)
            // For a missing object AWS answers 204, others 404.
            .orElse((failure) => (isMissingObject(failure.cause) ? ok(undefined) : err(failure)))
        : okAsync(undefined),
  };
}

interface ObjectName {
  readonly Bucket: string;
  readonly Key: string;
}

const isThere = (client: S3Client, name: ObjectName): Promise<boolean> =>
  client.send(new HeadObjectCommand(name)).then(
    () => true,
    () => false,
  );

async function readObject(client: S3Client, name: ObjectName): Promise<ReadableStream<Uint8Array>> {
  const { Body } = await client.send(new GetObjectCommand(name));
  if (!Body) throw new Error("The answer has no body");
  return Body.transformToWebStream();
}

const attempt = <T>(work: Promise<T>): ResultAsync<T, BlobFailure> =>
  ResultAsync.fromPromise(work, (cause) => ({ type: "blob-failure", cause }));

/** A string that is not a key has no blob, and is never used in an object name. */
function whenKey<T>(key: string, read: () => ResultAsync<T, BlobFailure>): ResultAsync<T, BlobFailure | BlobNotFound> {
  const notFound: BlobNotFound = { type: "blob-not-found", key };
  if (!isBlobKey(key)) return errAsync(notFound);
  return read().orElse((failure) => err(isMissingObject(failure.cause) ? notFound : failure));
}
