import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** How long to wait for a server that is just stopping. */
const graceMilliseconds = 2_000;
const pauseMilliseconds = 50;

/**
 * Stops a server that still uses these databases: it is left over if all other processes of the studio were killed, and
 * there must never be two. Its lock file tells where it listens; the server that answers there is the one.
 */
export async function endLeftover(data: string): Promise<void> {
  const began = Date.now();
  for (let lock = await lockOf(data); lock && (await answers(lock.socket)); lock = await lockOf(data)) {
    if (Date.now() - began > graceMilliseconds) end(lock.pid);
    await wait(pauseMilliseconds);
  }
}

/**
 * https://www.postgresql.org/docs/18/storage-file-layout.html, `postmaster.pid`: pid, folder, time, port, socket's
 * folder.
 */
async function lockOf(data: string): Promise<{ readonly pid: number; readonly socket: string } | undefined> {
  const lines = (await readFile(join(data, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
  const [pid, , , port, folder] = lines;
  return pid && port && folder ? { pid: Number(pid), socket: join(folder, `.s.PGSQL.${port}`) } : undefined;
}

/** Succeeds if it has just stopped by itself. */
function end(pid: number): void {
  try {
    process.kill(pid, "SIGQUIT");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

async function answers(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
