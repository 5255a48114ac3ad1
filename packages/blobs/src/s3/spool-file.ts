import { createHash, randomUUID } from "node:crypto";
import { open, rm, type FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface SpoolFile {
  /** Hex SHA-256 of its content. */
  readonly digest: string;
  readonly bytes: number;
  readonly file: FileHandle;
}

/**
 * Writes the content to a temporary file, hands it to `use` and closes it. The file is private and loses its name before
 * the first byte is written, so that nothing of it stays, even when the process is killed.
 */
export async function withSpoolFile<T>(
  content: AsyncIterable<Uint8Array>,
  use: (spooled: SpoolFile) => Promise<T>,
): Promise<T> {
  const path = join(tmpdir(), `likeness-blob-${randomUUID()}`);
  // "wx+" has O_CREAT | O_EXCL: never through a link or into a file that somebody else put there.
  const file = await open(path, "wx+", 0o600);
  try {
    await rm(path);
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const chunk of content) {
      hash.update(chunk);
      bytes += chunk.byteLength;
      await file.writeFile(chunk);
    }
    return await use({ digest: hash.digest("hex"), bytes, file });
  } finally {
    await file.close();
  }
}
