import { createHash, randomUUID } from "node:crypto";
import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";

/** Where this process runs, its process id there and its start time, which together are unique. */
let mark: Promise<string> | undefined;

/** A new name for a file of this process, which identifies the process. */
export async function newTemporaryName(): Promise<string> {
  mark ??= Promise.all([place(), startOf(process.pid)]).then(
    ([where, start = "0"]) => `${where}.${process.pid}.${start}`,
  );
  return `${await mark}.${randomUUID()}`;
}

/**
 * Whether the process in a file's name is alive. `undefined` when that is not known: it ran on another machine, in
 * another container or before the last boot, or the name is not of this form.
 */
export async function isWriterAlive(name: string): Promise<boolean | undefined> {
  // Its own are those of blobs that are stored at the same time.
  if (mark && name.startsWith(`${await mark}.`)) return true;
  const [, where, pid, start] = /^([\da-f]{16})\.(\d+)\.(\d+)\.[\da-f-]{36}$/.exec(name) ?? [];
  if (where === undefined || where !== (await place())) return undefined;
  if (!isTaken(Number(pid))) return false;
  const since = await startOf(Number(pid));
  return since === undefined ? undefined : since === start;
}

let ownPlace: Promise<string> | undefined;

/**
 * Identifies the scope of process ids. Containers of one machine have separate ids, although they may share a host
 * name, so on Linux it is made of the boot id and the pid namespace.
 * https://man7.org/linux/man-pages/man7/pid_namespaces.7.html
 */
const place = (): Promise<string> =>
  (ownPlace ??=
    process.platform === "linux"
      ? Promise.all([readFile("/proc/sys/kernel/random/boot_id", "utf8"), readlink("/proc/self/ns/pid")])
          .then((known) => digest(known.join("")))
          .catch(() => digest(randomUUID()))
      : Promise.resolve(digest(hostname())));

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // EPERM: the process exists and belongs to another user.
    return !(thrown instanceof Error && "code" in thrown && thrown.code === "ESRCH");
  }
}

/** Its start time since boot, on Linux only. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
async function startOf(pid: number): Promise<string | undefined> {
  const line = await readFile(`/proc/${pid}/stat`, "latin1").catch(() => "");
  // The program's name is in parentheses and may hold any character, even `)`.
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  // A zombie: it has ended, but keeps its id until its parent has waited for it.
  return fields[0] === "Z" ? "ended" : fields[19];
}
