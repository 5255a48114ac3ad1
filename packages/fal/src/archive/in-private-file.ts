import type { BlobFailure, BlobNotFound, ProviderError } from "@likeness/core";
import { ResultAsync } from "neverthrow";
import { attempt } from "../http/attempt.ts";
import { providerError, type FalFailure } from "../http/failure.ts";
import { openArchiveFile, type ArchiveFile } from "./archive-file.ts";

export type UploadError = ProviderError | BlobFailure | BlobNotFound;

/** Does some work with a private file, which is deleted afterwards. */
export const inPrivateFile = <T>(
  directory: string,
  work: (file: ArchiveFile) => ResultAsync<T, FalFailure | BlobFailure | BlobNotFound>,
): ResultAsync<T, UploadError> =>
  attempt(() => openArchiveFile(directory))
    .andThen((file) => closedAfter(file, work(file)))
    .mapErr((error) => (error.type === "answer" || error.type === "silence" ? providerError(error) : error));

const closedAfter = <T, E>(file: ArchiveFile, work: ResultAsync<T, E>): ResultAsync<T, E> => {
  const closed = async () => {
    const result = await work;
    await attempt(() => file.close());
    return result;
  };
  return new ResultAsync(closed());
};
