import type { FileHandle } from "node:fs/promises";
import type { Archive, ArchiveEntry } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import { attempt } from "../http/attempt.ts";
import type { FalConnection } from "../http/connection.ts";
import type { FalFailure } from "../http/failure.ts";
import { inPrivateFile, type UploadError } from "./in-private-file.ts";
import { onceAtATime } from "./once-at-a-time.ts";
import { sendFile } from "./send-file.ts";
import type { UploadOptions } from "./upload-archive.ts";
import { writeEntry } from "./write-entry.ts";

/**
 * Uploads one file of an archive as it is, from a private file on disk, so that weights of 90 MB need little memory. Two
 * uploads of the same file in this process are one.
 */
export function entryUpload(
  connection: FalConnection,
  { temporaryDirectory, expirySeconds }: UploadOptions,
): (archive: Archive, entry: ArchiveEntry) => ResultAsync<string, UploadError> {
  const shared = onceAtATime<string, UploadError>();
  return (archive, entry) => {
    const name = `${archive.name}_${entry.file}`;
    return shared(name, () =>
      inPrivateFile(temporaryDirectory, ({ handle, path }) =>
        writeEntry(entry, handle)
          .andThen(() => kindOf(handle))
          .andThen(({ extension, type }) =>
            sendFile(connection, { path, name: `${name}.${extension}`, type, expirySeconds }),
          ),
      ),
    );
  };
}

interface FileKind {
  readonly head: RegExp;
  readonly extension: string;
  readonly type: string;
}

/** The pictures that flux-lora reads; whatever else is uploaded are weights. */
const pictures: readonly FileKind[] = [
  { head: /^\xff\xd8\xff/, extension: "jpg", type: "image/jpeg" },
  { head: /^\x89PNG\r\n/, extension: "png", type: "image/png" },
  { head: /^RIFF[^]{4}WEBP/, extension: "webp", type: "image/webp" },
];

const weights: Omit<FileKind, "head"> = { extension: "safetensors", type: "application/octet-stream" };

const kindOf = (handle: FileHandle): ResultAsync<Omit<FileKind, "head">, FalFailure> =>
  attempt(async () => {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(12), 0, 12, 0);
    const head = buffer.toString("latin1", 0, bytesRead);
    return pictures.find((kind) => kind.head.test(head)) ?? weights;
  });
