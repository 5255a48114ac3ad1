import { createHash, randomUUID } from "node:crypto";
import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";

/** Where this process runs, which number it has there, and since when: together no other has them, now or later. */
let mark: Promise<string> | undefined;

/** A new name for a file that this process writes, which tells others whose it is. */
export async function newTemporaryName(): Promise<string> {
  mark ??= Promise.all([place(), startOf(process.pid)]).then(
    ([where, start = "0"]) => `${where}.${process.pid}.${start}`,
  );
  return `${await mark}.${randomUUID()}`;
}

/**
 * Whether the process that gave a file this name is still there. `undefined` where nobody can say: it ran on another machine,
 * in another container or before the machine was last started, or the name does not tell.
 */
export async function isWriterAlive(name: string): Promise<boolean | undefined> {
  const [, where, pid, start] = /^([\da-f]{16})\.(\d+)\.(\d+)\.[\da-f-]{36}$/.exec(name) ?? [];
  if (where === undefined || where !== (await place())) return undefined;
  if (!isTaken(Number(pid))) return false;
  const since = await startOf(Number(pid));
  return since === undefined ? undefined : since === start;
}

let ownPlace: Promise<string> | undefined;

/**
 * Stands for those who see the same processes under the same numbers. Containers of one machine do not, although they may
 * share a host name, so on Linux it is the start of the kernel and the namespace that count.
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
    // EPERM: it lives, and is another user's.
    return !(thrown instanceof Error && "code" in thrown && thrown.code === "ESRCH");
  }
}

/** When it started, counted from the start of the machine; only Linux tells. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
async function startOf(pid: number): Promise<string | undefined> {
  const line = await readFile(`/proc/${pid}/stat`, "latin1").catch(() => "");
  // The program's name stands in brackets and may hold any character.
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  // One that has ended and that its parent has not asked about keeps its number.
  return fields[0] === "Z" ? "ended" : fields[19];
}
