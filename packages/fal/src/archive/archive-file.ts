import { createHash } from "node:crypto";
import { chmod, lstat, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";

/**
 * Where an archive waits for its upload: a folder that nobody else can read, and in it one name per archive, so that the
 * next try overwrites what a crash leaves behind. A folder of somebody else cannot be made private, which is an error.
 */
export async function temporaryFile(directory: string, archiveName: string): Promise<string> {
  // Shared directories such as /tmp hold one folder for each user.
  const folder = join(directory, `likeness-archives-${process.getuid?.() ?? "user"}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (!(await lstat(folder)).isDirectory()) throw new Error("the folder for archives is a link");
  await chmod(folder, 0o700);
  const path = join(folder, `${createHash("sha256").update(archiveName).digest("hex")}.zip`);
  await rm(path, { force: true });
  return path;
}
