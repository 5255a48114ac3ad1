import { open, rename } from "node:fs/promises";

/** Replaces a file atomically, even during a power failure. Only its owner may read it. */
export async function writeSafely(file: string, content: string | Uint8Array): Promise<void> {
  const draft = `${file}.new`;
  const handle = await open(draft, "w", 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}
