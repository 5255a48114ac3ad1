import type { Archive } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import type { FalConnection } from "../http/connection.ts";
import { inPrivateFile, type UploadError } from "./in-private-file.ts";
import { onceAtATime } from "./once-at-a-time.ts";
import { sendFile } from "./send-file.ts";
import { writeArchive } from "./write-archive.ts";

export interface UploadOptions {
  /** The folder for files until they are uploaded: archives of up to 20 × 20 MB, and weights. */
  readonly temporaryDirectory: string;
  /** After how many seconds fal deletes the upload. It must be longer than the queue. */
  readonly expirySeconds: number;
}

/**
 * Packs photos into a private file, uploads it with fal's client and deletes it. Two uploads of the same archive in
 * this process are one; those of several processes use separate files.
 */
export function archiveUpload(
  connection: FalConnection,
  { temporaryDirectory, expirySeconds }: UploadOptions,
): (archive: Archive) => ResultAsync<string, UploadError> {
  const shared = onceAtATime<string, UploadError>();
  return (archive) =>
    shared(archive.name, () =>
      inPrivateFile(temporaryDirectory, ({ handle, path }) =>
        writeArchive(archive, handle).andThen(() =>
          sendFile(connection, { path, name: `${archive.name}.zip`, type: "application/zip", expirySeconds }),
        ),
      ),
    );
}
