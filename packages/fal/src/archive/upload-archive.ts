import { openAsBlob } from "node:fs";
import type { Archive, BlobFailure, BlobNotFound, ProviderError } from "@likeness/core";
import { err, ok, ResultAsync } from "neverthrow";
import { attempt } from "../http/attempt.ts";
import type { FalConnection } from "../http/connection.ts";
import { providerError, silence, type FalFailure } from "../http/failure.ts";
import { isSecureUrl } from "../http/secure-url.ts";
import { openArchiveFile, type ArchiveFile } from "./archive-file.ts";
import { writeArchive } from "./write-archive.ts";

export interface UploadOptions {
  /** The folder for archives of up to 20 × 20 MB until they are uploaded. */
  readonly temporaryDirectory: string;
  /** After how many seconds fal deletes the archive. It must be longer than the queue. */
  readonly archiveExpirySeconds: number;
}

type Uploaded = ResultAsync<string, ProviderError | BlobFailure | BlobNotFound>;

/**
 * Packs photos into a private file, uploads it with fal's client and deletes it. Two uploads of the same archive in
 * this process are one; those of several processes use separate files.
 */
export function archiveUpload(
  connection: FalConnection,
  { temporaryDirectory, archiveExpirySeconds }: UploadOptions,
): (archive: Archive) => Uploaded {
  const underWay = new Map<string, Uploaded>();

  const upload = (archive: Archive): Uploaded =>
    attempt(() => openArchiveFile(temporaryDirectory))
      .andThen((file) =>
        closedAfter(
          file,
          writeArchive(archive, file.handle).andThen(() => send(file.path, archive.name)),
        ),
      )
      .mapErr((error) => (error.type === "answer" || error.type === "silence" ? providerError(error) : error));

  /** A file on disk as a `File`: the client cuts it into parts and Node reads them as they are sent. */
  const send = (path: string, name: string): ResultAsync<string, FalFailure> =>
    attempt(async () => {
      const file = new File([await openAsBlob(path)], `${name}.zip`, { type: "application/zip" });
      return connection.client().storage.upload(file, { lifecycle: { expiresIn: archiveExpirySeconds } });
    }).andThen((url) => (isSecureUrl(url) ? ok(url) : err(silence("upload: no address of the archive in the answer"))));

  return (archive) => {
    const same = underWay.get(archive.name);
    if (same) return same;
    const started = upload(archive);
    underWay.set(archive.name, started);
    void started.then(() => underWay.delete(archive.name));
    return started;
  };
}

const closedAfter = <T, E>(file: ArchiveFile, work: ResultAsync<T, E>): ResultAsync<T, E> => {
  const closed = async () => {
    const result = await work;
    await attempt(() => file.close());
    return result;
  };
  return new ResultAsync(closed());
};
