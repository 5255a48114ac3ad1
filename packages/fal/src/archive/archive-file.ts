import { randomUUID } from "node:crypto";
import { chmod, lstat, mkdir, open, rm, stat, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Where an archive waits for its upload. Each upload has one of its own. */
export interface ArchiveFile {
  readonly handle: FileHandle;
  /** Where it can be read until it is closed. */
  readonly path: string;
  /** Takes it away, with all that is in it. */
  close(): Promise<void>;
}

/** The folder for archives: shared directories such as /tmp hold one for each user. */
export const archiveFolder = (directory: string): string =>
  join(directory, `likeness-archives-${process.getuid?.() ?? "user"}`);

/** Names of files that this process has open. */
const openNames = new Set<string>();

/** A name that tells the process, so that a later one knows what nobody uses any more. */
const newName = (): string => `${process.pid}.${randomUUID()}.zip`;

/** Whether a process that may be alive uses the file with this name; `undefined` where the name does not tell. */
export function isInUse(name: string): boolean | undefined {
  const [, pid] = /^(\d+)\.[\da-f-]{36}\.zip$/.exec(name) ?? [];
  if (pid === undefined) return undefined;
  return Number(pid) === process.pid ? openNames.has(name) : isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // EPERM: it lives, and is another user's.
    return !(thrown instanceof Error && "code" in thrown && thrown.code === "ESRCH");
  }
}

/**
 * A new file in a folder that no other user can read. Where the system lets a file be read without a name (Linux), it
 * loses its name before anything is in it, and is gone with the process, however that ends. Elsewhere `sweepArchives`
 * removes what a process that died has left. A folder of somebody else cannot be made private, which is an error.
 */
export async function openArchiveFile(directory: string): Promise<ArchiveFile> {
  const folder = archiveFolder(directory);
  await makeFolder(folder);
  if (!(await lstat(folder)).isDirectory()) throw new Error("the folder for archives is a link");
  await chmod(folder, 0o700);
  const name = newName();
  const path = join(folder, name);
  openNames.add(name);
  const forget = async (): Promise<void> => {
    await rm(path, { force: true });
    openNames.delete(name);
  };
  try {
    // "wx+" has O_CREAT | O_EXCL: never through a link or into a file that another program put there.
    const handle = await open(path, "wx+", 0o600);
    const nameless = await namelessPath(handle);
    if (nameless !== undefined) await forget();
    const close = async (): Promise<void> => {
      await handle.close();
      await forget();
    };
    return { handle, path: nameless ?? path, close };
  } catch (thrown) {
    await forget();
    throw thrown;
  }
}

/** One after the other, each once: Node's `recursive` tries for ever where a file system makes none, as `/proc` does. */
async function makeFolder(folder: string): Promise<void> {
  const isThere = async (): Promise<boolean> => (await stat(folder).catch(() => undefined))?.isDirectory() ?? false;
  if (await isThere()) return;
  if (dirname(folder) !== folder) await makeFolder(dirname(folder));
  await mkdir(folder, { mode: 0o700 }).catch(async (refusal: unknown) => {
    if (!(await isThere())) throw refusal;
  });
}

/** Another way to an open file than its name. https://man7.org/linux/man-pages/man5/proc_pid_fd.5.html */
async function namelessPath(handle: FileHandle): Promise<string | undefined> {
  if (process.platform !== "linux") return undefined;
  const path = `/proc/self/fd/${handle.fd}`;
  const [named, opened] = await Promise.all([stat(path).catch(() => undefined), handle.stat()]);
  return named?.ino === opened.ino && named.dev === opened.dev ? path : undefined;
}
