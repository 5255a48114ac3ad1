import { execFile, type SpawnOptions } from "node:child_process";
import { promisify } from "node:util";

/** The user that a server runs as. PostgreSQL refuses to run as root. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** Another user than root; undefined when this process is not root's. */
export const serverUser = async (): Promise<ServerUser | undefined> =>
  process.getuid?.() === 0 ? unprivilegedUser() : undefined;

const run = promisify(execFile);

/** The user `nobody` exists on every Unix, so no user has to be created. */
async function unprivilegedUser(): Promise<ServerUser> {
  const [uid, gid] = await Promise.all(["-u", "-g"].map((what) => run("id", [what, "nobody"])));
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
}

/** That user may not have access to the folder's path, but on Linux a process can use its current folder anyway. */
export const at = (data: string, user: ServerUser | undefined): { place: string; options: SpawnOptions } => ({
  place: user && process.platform === "linux" ? "/proc/self/cwd" : data,
  options: { ...user, cwd: data, env: { LC_ALL: "C" } },
});
