import { randomUUID } from "node:crypto";
import { chmod, lstat, mkdir, open, rm, stat, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The file of an archive until it is uploaded; one for each upload. */
export interface ArchiveFile {
  readonly handle: FileHandle;
  /** A path under which it can be read until it is closed. */
  readonly path: string;
  /** Closes and deletes it. */
  close(): Promise<void>;
}

/** The folder for archives. Its name holds the user, because users share directories such as /tmp. */
export const archiveFolder = (directory: string): string =>
  join(directory, `likeness-archives-${process.getuid?.() ?? "user"}`);

/** Names of files that this process has open. */
const openNames = new Set<string>();

/** A file name with the process id, so that a later process can tell which files are unused. */
const newName = (): string => `${process.pid}.${randomUUID()}.zip`;

/** Whether the process of the file with this name may be alive; `undefined` when the name holds no process id. */
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
    // EPERM: the process exists and belongs to another user.
    return !(thrown instanceof Error && "code" in thrown && thrown.code === "ESRCH");
  }
}

/**
 * A new file in a folder that no other user can read. Where the system can read a file without a name (Linux), its name
 * is deleted before anything is written, so that the file disappears with the process, even after a kill. Elsewhere
 * `sweepArchives` deletes the files of processes that died. A folder of another user cannot be made private: an error.
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
    // "wx+" is O_CREAT | O_EXCL: it neither follows a link nor opens a file that another program created.
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

/**
 * Tries each folder once: Node's `recursive` loops for ever where a file system refuses with ENOENT, as `/proc` does.
 */
async function makeFolder(folder: string): Promise<void> {
  const isThere = async (): Promise<boolean> => (await stat(folder).catch(() => undefined))?.isDirectory() ?? false;
  if (await isThere()) return;
  if (dirname(folder) !== folder) await makeFolder(dirname(folder));
  await mkdir(folder, { mode: 0o700 }).catch(async (refusal: unknown) => {
    if (!(await isThere())) throw refusal;
  });
}

/** A path to an open file that has no name. https://man7.org/linux/man-pages/man5/proc_pid_fd.5.html */
async function namelessPath(handle: FileHandle): Promise<string | undefined> {
  if (process.platform !== "linux") return undefined;
  const path = `/proc/self/fd/${handle.fd}`;
  const [named, opened] = await Promise.all([stat(path).catch(() => undefined), handle.stat()]);
  return named?.ino === opened.ino && named.dev === opened.dev ? path : undefined;
}
