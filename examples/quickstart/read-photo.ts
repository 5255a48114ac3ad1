import { readFile, stat } from "node:fs/promises";
import { err, ok, type Result } from "neverthrow";

/** Larger files are refused unread: they are not photos, and reading them would take long. */
const longest = 100_000_000;

/** The bytes of a photo, or why it cannot be read. */
export async function readPhoto(path: string): Promise<Result<Uint8Array, string>> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return err("this is not a file");
    if (found.size > longest) return err("this file is far too large for a photo");
    return ok(await readFile(path));
  } catch (error) {
    return err(`it cannot be read (${error instanceof Error && "code" in error ? String(error.code) : "unknown"})`);
  }
}
