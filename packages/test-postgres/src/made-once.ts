import { existsSync } from "node:fs";
import { chmod, mkdtemp, rename, rm } from "node:fs/promises";

/**
 * Makes a folder unless it is there. Processes may ask for it at once: each makes a draft, and the first one to finish
 * wins. Every user may look into it.
 */
export async function madeOnce(path: string, make: (draft: string) => Promise<unknown>): Promise<string> {
  if (existsSync(path)) return path;
  const draft = await mkdtemp(`${path}.`);
  await chmod(draft, 0o755);
  await make(draft);
  await rename(draft, path).catch(async (error: unknown) => {
    if (!existsSync(path)) throw error;
    await rm(draft, { recursive: true });
  });
  return path;
}
