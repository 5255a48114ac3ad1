import { openAsBlob } from "node:fs";
import { err, ok, type ResultAsync } from "neverthrow";
import { attempt } from "../http/attempt.ts";
import type { FalConnection } from "../http/connection.ts";
import { silence, type FalFailure } from "../http/failure.ts";
import { isSecureUrl } from "../http/secure-url.ts";

export interface FileToSend {
  readonly path: string;
  /** Its name at fal. */
  readonly name: string;
  readonly type: string;
  /** After how many seconds fal deletes it. */
  readonly expirySeconds: number;
}

/**
 * Uploads a file on disk with fal's client and returns its address. The client cuts it into parts and Node reads them as
 * they are sent.
 */
export const sendFile = (
  { client }: FalConnection,
  { path, name, type, expirySeconds }: FileToSend,
): ResultAsync<string, FalFailure> =>
  attempt(async () => {
    const file = new File([await openAsBlob(path)], name, { type });
    return client().storage.upload(file, { lifecycle: { expiresIn: expirySeconds } });
  }).andThen((url) => (isSecureUrl(url) ? ok(url) : err(silence("upload: no address of the file in the answer"))));
