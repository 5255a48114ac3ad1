import {
  isImageOrder,
  isTraining,
  type Archive,
  type ArchiveEntry,
  type ImageSnapshot,
  type Order,
  type Prepared,
} from "@likeness/core";
import { err, errAsync, ok, okAsync, ResultAsync } from "neverthrow";
import type { ReplicateConnection } from "../http/connection.ts";
import { isSecureUrl } from "../http/hosts.ts";
import { archiveField } from "./archive-field.ts";
import { isPrivateDestination } from "./destination.ts";
import { packed, unpacked, type PrepareError } from "./pack.ts";
import { uploadFile } from "./upload-file.ts";

/** An https address of a stored file that Replicate can read without a key, for an hour at least. */
export type AddressOf = (blobKey: string) => string | Promise<string>;

export interface PrepareOptions {
  /** `owner/name`: the private model that gets what a training yields. */
  readonly destination: string;
  readonly weightsAddress?: AddressOf | undefined;
}

/**
 * Packs and uploads the photos of a training, after it has made sure that what comes out is private; uploads the picture
 * from which another one is made. Our copy of weights is not uploaded, because Replicate reads weights only by an address
 * that tells their format, which those of its own uploads do not: it is named by an address of the host's.
 */
export function prepareOrder(connection: ReplicateConnection, { destination, weightsAddress }: PrepareOptions) {
  const isPrivate = isPrivateDestination(connection, destination);
  return (order: Order, archive: Archive): ResultAsync<Prepared, PrepareError> => {
    if (isTraining(order)) {
      const field = archiveField(order.snapshot);
      return isPrivate()
        .andThen(() => packed(archive))
        .andThen((bytes) => uploadFile(connection, { bytes, name: `${archive.name}.zip`, type: "application/zip" }))
        .map((url) => ({ input: { [field]: url } }));
    }
    const [entry, ...more] = archive.entries;
    if (!entry) return okAsync({ input: {} });
    if (more.length > 0 || !isImageOrder(order)) return errAsync(noPlace(entry.file));
    return prepareFile(connection, order.snapshot, entry, weightsAddress);
  };
}

function prepareFile(
  connection: ReplicateConnection,
  { sourceField, weightsField }: ImageSnapshot,
  entry: ArchiveEntry,
  addressOf: AddressOf | undefined,
): ResultAsync<Prepared, PrepareError> {
  const { file, blobKey } = entry;
  if (file === "source" && sourceField !== undefined)
    return unpacked(entry)
      .andThen((bytes) => uploadFile(connection, { bytes, name: file, type: "application/octet-stream" }))
      .map((url) => ({ input: { [sourceField]: url } }));
  if (file === "weights" && weightsField !== undefined && blobKey !== undefined && addressOf)
    return named(addressOf, blobKey).map((url) => ({ input: { [weightsField]: url } }));
  return errAsync(noPlace(file));
}

const named = (addressOf: AddressOf, blobKey: string): ResultAsync<string, PrepareError> =>
  ResultAsync.fromPromise(
    Promise.resolve().then(() => addressOf(blobKey)),
    (): PrepareError => ({ type: "provider-unavailable", detail: "there is no address of the weights" }),
  ).andThen((url) => (isWeightsAddress(url) ? ok(url) : err(unreadable)));

/** As the official model takes it: https://github.com/replicate/cog-flux/blob/main/weights.py. */
const isWeightsAddress = (url: string): boolean => isSecureUrl(url) && /^[^?#]*\.safetensors(?:\?.*)?$/.test(url);

const unreadable: PrepareError = {
  type: "provider-refused",
  status: 0,
  detail: "the address of the weights must be https and end with .safetensors before its query",
};

const noPlace = (file: string): PrepareError => ({
  type: "provider-refused",
  status: 0,
  detail: `the order has no field for its file ${file}`,
});
