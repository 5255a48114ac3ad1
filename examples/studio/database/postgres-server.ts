import { execFile, spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { chown, mkdir, rename, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
// @boundaries-ignore the PostgreSQL that npm brings for tests, which no package ships
import { copyBinaries, type ServerUser } from "../../../.config/postgres/binaries.ts";
import { endLeftover } from "./end-leftover.ts";

export interface ServerOptions {
  /** The databases; made when there are none yet. */
  readonly data: string;
  /** A folder for the programs and the socket. */
  readonly folder: string;
}

export interface PostgresServer {
  /** Ends all connections and the server at once, as its crash would, and starts it again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const run = promisify(execFile);
const kind = ["--auth=trust", "--username=likeness", "--encoding=UTF8", "--locale=C"];

/** Starts a server that waits for the disk at every commit, on a socket that its own user alone can use. */
export async function startServer({ data, folder }: ServerOptions): Promise<PostgresServer> {
  const user = process.getuid?.() === 0 ? await unprivilegedUser() : undefined;
  if (user) await chown(folder, user.uid, user.gid);
  const { initdb, postgres } = await copyBinaries(folder, user);
  await endLeftover(data);
  if (!existsSync(data)) {
    const draft = `${data}.new`;
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { mode: 0o700 });
    if (user) await chown(draft, user.uid, user.gid);
    const { place, options } = at(draft, user);
    await run(initdb, ["--pgdata", place, ...kind], options);
    await rename(draft, data);
  }

  const { place, options } = at(data, user);
  const settings = ["listen_addresses=", `unix_socket_directories=${folder}`, "unix_socket_permissions=0700"];
  const start = async (): Promise<ChildProcess> => {
    const child = spawn(postgres, ["-D", place, ...settings.flatMap((setting) => ["-c", setting])], options);
    await untilReady(child);
    return child;
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

/** `nobody`, because PostgreSQL refuses to run as root. */
async function unprivilegedUser(): Promise<ServerUser> {
  const [uid, gid] = await Promise.all(["-u", "-g"].map((what) => run("id", [what, "nobody"])));
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
}

/** That user may not reach the folder by its path, but a process is in its current folder whatever leads there. */
const at = (data: string, user: ServerUser | undefined): { place: string; options: SpawnOptions } => ({
  place: user ? "/proc/self/cwd" : data,
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
