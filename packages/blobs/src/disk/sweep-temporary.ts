import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

const dayInMilliseconds = 86_400_000;

/** Removes what nobody has written to for a day. Best effort: what cannot be removed now is in nobody's way. */
export async function sweepTemporary(temporary: string): Promise<void> {
  const names = await readdir(temporary).catch(() => []);
  await Promise.allSettled(names.map((name) => removeIfStale(join(temporary, name))));
}

async function removeIfStale(path: string): Promise<void> {
  const { mtimeMs } = await stat(path);
  if (Date.now() - mtimeMs > dayInMilliseconds) await rm(path);
}
