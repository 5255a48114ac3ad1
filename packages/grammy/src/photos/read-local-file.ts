import { constants } from "node:fs";
import { open, realpath } from "node:fs/promises";
import { sep } from "node:path";
import type { SourceRefused, SourceUnavailable } from "@likeness/core";
import { err, ok, ResultAsync, type Result } from "neverthrow";
import { tooLarge, type StoredFile, type FileLimits } from "./download-file.ts";

/**
 * Reads a file of a Bot API server on this machine. Symbolic links are resolved first, so that nothing outside is read.
 */
export const readLocalFile = (
  folder: string | undefined,
  { path }: StoredFile,
  limits: FileLimits,
): ResultAsync<Uint8Array, SourceUnavailable | SourceRefused> =>
  ResultAsync.fromPromise(read(folder, path, limits), (thrown) =>
    unavailable(thrown instanceof Error && "code" in thrown ? String(thrown.code) : "it cannot be read"),
  ).andThen((content) => content);

async function read(
  folder: string | undefined,
  path: string,
  { maximumBytes, signal }: FileLimits,
): Promise<Result<Uint8Array, SourceUnavailable | SourceRefused>> {
  if (folder === undefined) return err(unavailable("the Bot API server hands out paths, but no folder of it is named"));
  const [inside, real] = await Promise.all([realpath(folder), realpath(path)]);
  if (!real.startsWith(`${inside}${sep}`)) return err(unavailable("its path lies outside of the server's folder"));
  // Opening must not block on a pipe, nor follow a link that has replaced the file since.
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const file = await open(real, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const found = await file.stat();
    if (!found.isFile()) return err(unavailable("its path names no file"));
    const { size } = found;
    return size > maximumBytes ? err(tooLarge(size, maximumBytes)) : ok(await file.readFile({ signal }));
  } finally {
    await file.close();
  }
}

const unavailable = (detail: string): SourceUnavailable => ({
  type: "source-unavailable",
  detail: `local file: ${detail}`,
});
