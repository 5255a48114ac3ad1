import type { Readable } from "node:stream";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { httpStatusOf } from "./service-error.ts";

export interface NewObject {
  readonly Bucket: string;
  readonly Key: string;
  /** Hex SHA-256 of the content. */
  readonly digest: string;
  readonly bytes: number;
  readonly Body: Uint8Array | Readable;
}

/**
 * Sends an object in one request of a known length. An existing object of the same name stays as it is.
 *
 * The digest is signed as `x-amz-content-sha256`, which every S3 server takes. As `x-amz-checksum-sha256` it is also
 * kept with the object and checked when that is read, but some servers refuse this header, and the client's setting
 * says which: https://github.com/iterate-ch/cyberduck/issues/16107
 */
export async function putObject(client: S3Client, { digest, bytes, ...object }: NewObject): Promise<void> {
  const takesChecksums = (await client.config.requestChecksumCalculation()) === "WHEN_SUPPORTED";
  const command = new PutObjectCommand({
    ...object,
    ContentLength: bytes,
    ContentType: "application/octet-stream",
    IfNoneMatch: "*",
    ChecksumSHA256: takesChecksums ? Buffer.from(digest, "hex").toString("base64") : undefined,
  });
  command.middlewareStack.add(
    (next) => (args) => {
      const headers = { ...headersOf(args.request), "x-amz-content-sha256": digest };
      return next({ ...args, request: Object.assign({}, args.request, { headers }) });
    },
    { name: "signDigest", step: "build" },
  );
  await sendWhole(client, command, object.Body).catch((cause: unknown) => {
    if (httpStatusOf(cause) !== 412) throw cause;
  });
}

/** Destroys the stream: a server may refuse before it has read the body, and the connection would stay open. */
async function sendWhole(client: S3Client, command: PutObjectCommand, body: NewObject["Body"]): Promise<void> {
  if (body instanceof Uint8Array) {
    await client.send(command);
    return;
  }
  const over = new AbortController();
  try {
    await client.send(command, { abortSignal: over.signal });
  } finally {
    if (!body.readableEnded) over.abort();
  }
}

const headersOf = (request: unknown): object =>
  request instanceof Object && "headers" in request && request.headers instanceof Object ? request.headers : {};
