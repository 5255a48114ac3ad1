import { isImageOrder, isTraining, type Archive, type Order, type Prepared } from "@likeness/core";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import type { ReplicateConnection } from "../http/connection.ts";
import { archiveField } from "./archive-field.ts";
import { isPrivateDestination } from "./destination.ts";
import { packed, unpacked, type PrepareError } from "./pack.ts";
import { uploadFile } from "./upload-file.ts";

/**
 * Packs and uploads the photos of a training, after it has made sure that what comes out is private; uploads the picture
 * from which another one is made. Our copy of weights is not uploaded: Replicate reads weights only by an address that
 * ends with `.tar` or `.safetensors`, which those of its own uploads do not.
 */
export function prepareOrder(connection: ReplicateConnection, destination: string) {
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
    const field = isImageOrder(order) && entry.file === "source" ? order.snapshot.sourceField : undefined;
    if (field === undefined || more.length > 0) return errAsync(noPlace(entry.file));
    return unpacked(entry)
      .andThen((bytes) => uploadFile(connection, { bytes, name: entry.file, type: "application/octet-stream" }))
      .map((url) => ({ input: { [field]: url } }));
  };
}

const noPlace = (file: string): PrepareError => ({
  type: "provider-refused",
  status: 0,
  detail: `the order has no field for its file ${file}`,
});
