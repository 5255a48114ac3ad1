import { open } from "node:fs/promises";
import { dirname } from "node:path";

/** Makes names in a directory and in those above it, up to and including `top`, survive a power cut. */
export async function flushDirectories(directory: string, top: string): Promise<void> {
  // Windows cannot open a directory, and NTFS journals its names by itself.
  if (process.platform === "win32") return;
  await flushDirectory(directory);
  if (directory !== top) await flushDirectories(dirname(directory), top);
}

async function flushDirectory(directory: string): Promise<void> {
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
