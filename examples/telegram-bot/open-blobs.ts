import { accessSync, constants } from "node:fs";
import { opendir } from "node:fs/promises";
import { diskBlobs, makeFolder } from "@likeness/blobs/disk";
import type { BlobStore } from "@likeness/core";
import { reasonOf } from "./leave.ts";
import type { BlobLocation } from "./settings/locations.ts";

/**
 * Opens the folder or the bucket. It sends no request to S3, which may be down at the start and come back. `look`: a folder
 * that is missing is not made.
 */
export const openBlobs = async (location: BlobLocation, mode: "make" | "look" = "make"): Promise<BlobStore> =>
  location.type === "disk" ? openFolder(location.folder, mode) : openBucket(location);

async function openFolder(folder: string, mode: "make" | "look"): Promise<BlobStore> {
  try {
    if (mode === "make") await makeFolder(folder);
    // Refuses a file with ENOTDIR, and what is missing with ENOENT.
    else await (await opendir(folder)).close();
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Error(`BLOBS names a folder that cannot be used: ${reasonOf(error)}`, { cause: error });
  }
  return diskBlobs(folder);
}

/** Configured by the usual AWS variables. The SDK is imported only if it is needed, because it is large. */
async function openBucket({ bucket, prefix }: Extract<BlobLocation, { type: "s3" }>): Promise<BlobStore> {
  const [{ S3Client }, { s3Blobs }] = await Promise.all([import("@aws-sdk/client-s3"), import("@likeness/blobs/s3")]);
  // Servers other than AWS rarely have a host name for every bucket.
  const elsewhere = process.env["AWS_ENDPOINT_URL_S3"] ?? process.env["AWS_ENDPOINT_URL"];
  const client = new S3Client({
    forcePathStyle: elsewhere !== undefined,
    // Milliseconds without any data. The client has no default.
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
  });
  await client.config.region().catch((error: unknown) => {
    throw new Error(`AWS_REGION is missing: BLOBS=s3://… needs it`, { cause: error });
  });
  return s3Blobs(client, { bucket, prefix });
}
