import {
  isImageOrder,
  isTraining,
  type Archive,
  type ArchiveEntry,
  type ImageSnapshot,
  type JsonObject,
  type Order,
  type Prepared,
} from "@likeness/core";
import { errAsync, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { trainerFields } from "../profiles/trainer-fields.ts";
import type { UploadError } from "../archive/in-private-file.ts";

export interface Uploads {
  /** Packs the photos of a training. */
  readonly archive: (archive: Archive) => ResultAsync<string, UploadError>;
  /** Uploads one file as it is. */
  readonly entry: (archive: Archive, entry: ArchiveEntry) => ResultAsync<string, UploadError>;
}

/** Uploads the files of an order and says in which fields of its input their addresses are. */
export const prepareOrder =
  (uploads: Uploads) =>
  (order: Order, archive: Archive): ResultAsync<Prepared, UploadError> => {
    if (isTraining(order))
      return uploads.archive(archive).map((url) => ({ input: { [trainerFields(order.snapshot).archiveField]: url } }));
    return isImageOrder(order) ? preparePicture(uploads, order.snapshot, archive) : okAsync({ input: {} });
  };

const preparePicture = (
  uploads: Uploads,
  snapshot: ImageSnapshot,
  archive: Archive,
): ResultAsync<Prepared, UploadError> =>
  safeTry(async function* () {
    const input: Record<string, JsonObject[string]> = {};
    for (const entry of archive.entries) {
      const place = places[entry.file]?.(snapshot);
      if (!place) return errAsync(noPlaceFor(entry.file));
      input[place.field] = place.value(yield* uploads.entry(archive, entry));
    }
    return ok({ input });
  });

interface Place {
  readonly field: string;
  readonly value: (url: string) => JsonObject[string];
}

/** Where the address of a file goes, by its name in the manifest. */
const places: Readonly<Record<string, ((snapshot: ImageSnapshot) => Place | undefined) | undefined>> = {
  source: ({ sourceField }) => (sourceField === undefined ? undefined : { field: sourceField, value: (url) => url }),
  weights: ({ weightsField, scale = 1 }) =>
    weightsField === undefined ? undefined : { field: weightsField, value: (path) => [{ path, scale }] },
};

const noPlaceFor = (file: string): UploadError => ({
  type: "provider-refused",
  status: 0,
  detail: `the order has no field for its file ${file}`,
});
