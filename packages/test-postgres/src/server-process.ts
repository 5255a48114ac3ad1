import { execFile, spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chown, mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { copyBinaries, type ServerUser } from "./binaries.ts";

export interface ServerOptions {
  /** An empty folder for the programs and the socket. */
  readonly folder: string;
  /** The databases; made when there are none yet. Default: in the folder. */
  readonly data?: string | undefined;
  /** Whether a commit survives a crash of the computer. */
  readonly durable: boolean;
}

export interface ServerProcess {
  /** Kills the server, and with it all connections, and starts it again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const run = promisify(execFile);
const kind = ["--auth=trust", "--username=likeness", "--encoding=UTF8", "--locale=C"];

/**
 * Does not wait for the disk. After a crash of the server nothing is lost, because the operating system has the written
 * data; after a crash of the computer these databases are not needed any more.
 */
const forgetful = ["fsync=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0", "autovacuum=off"];

/** Starts a server that listens on a socket in its folder, which only its own user can use. */
export async function startServer({
  folder,
  data = join(folder, "data"),
  durable,
}: ServerOptions): Promise<ServerProcess> {
  const user = process.getuid?.() === 0 ? await unprivilegedUser() : undefined;
  if (user) await chown(folder, user.uid, user.gid);
  const { initdb, postgres } = await copyBinaries(folder, user);
  if (!existsSync(data)) {
    const draft = `${data}.new`;
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { mode: 0o700 });
    if (user) await chown(draft, user.uid, user.gid);
    const { place, options } = at(draft, user);
    await run(initdb, ["--pgdata", place, ...kind, ...(durable ? [] : ["--no-sync"])], options);
    await rename(draft, data);
  }

  const { place, options } = at(data, user);
  const socket = ["listen_addresses=", `unix_socket_directories=${folder}`, "unix_socket_permissions=0700"];
  const settings = [...socket, "max_connections=200", ...(durable ? [] : forgetful)];
  const start = async (): Promise<ChildProcess> => {
    const server = spawn(postgres, ["-D", place, ...settings.flatMap((setting) => ["-c", setting])], options);
    await untilReady(server);
    return server;
  };

  let server = await start();
  const stop = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, "exit");
    server.kill("SIGQUIT");
    await gone;
  };
  return {
    stop,
    restart: async () => {
      await stop();
      server = await start();
    },
  };
}

/** The user `nobody` exists on every Unix, so no user has to be created. */
async function unprivilegedUser(): Promise<ServerUser> {
  const [uid, gid] = await Promise.all(["-u", "-g"].map((what) => run("id", [what, "nobody"])));
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
}

/** That user may not have access to the folder's path, but on Linux a process can use its current folder anyway. */
const at = (data: string, user: ServerUser | undefined): { place: string; options: SpawnOptions } => ({
  place: user && process.platform === "linux" ? "/proc/self/cwd" : data,
  options: { ...user, cwd: data, env: { LC_ALL: "C" } },
});

function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((ready, failed) => {
    let said = "";
    server.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said = `${said}${text}`.slice(-10_000);
      if (said.includes("ready to accept connections")) ready();
    });
    server.once("error", failed);
    server.once("exit", (code) =>
      failed(new Error(/FATAL: +(.*)/.exec(said)?.[1] ?? `it ended with ${code}: ${said}`)),
    );
  });
}
