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
 * Writes the content to a temporary file, passes it to `use` and closes it. The file is private, and its name is
 * deleted before the first byte is written, so that nothing is left even when the process is killed.
 */
export async function withSpoolFile<T>(
  content: AsyncIterable<Uint8Array>,
  use: (spooled: SpoolFile) => Promise<T>,
): Promise<T> {
  const path = join(tmpdir(), `likeness-blob-${randomUUID()}`);
  // "wx+" is O_CREAT | O_EXCL: it neither follows a link nor opens an existing file.
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
