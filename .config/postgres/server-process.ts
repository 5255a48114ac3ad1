import { execFile, spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { chown } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { copyBinaries, type ServerUser } from "./binaries.ts";

export interface ServerOptions {
  /** An empty folder for everything that the server has, and for its socket. */
  readonly folder: string;
  /** Whether a commit outlives a crash of the computer. */
  readonly durable: boolean;
}

export interface ServerProcess {
  /** Ends all connections and the server at once, as its crash would, and starts it again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const run = promisify(execFile);

/**
 * Waits for no disk. A server that dies loses nothing by it, because the computer still has what was written; only a
 * computer that dies does, and these databases are forgotten with it.
 */
const forgetful = ["fsync=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0", "autovacuum=off"];

/** Makes a server that listens on a socket in its folder, which its own user alone can use, and starts it. */
export async function startServer({ folder, durable }: ServerOptions): Promise<ServerProcess> {
  const user = process.getuid?.() === 0 ? await unprivilegedUser() : undefined;
  if (user) await chown(folder, user.uid, user.gid);
  const { initdb, postgres } = await copyBinaries(folder, user);
  const options: SpawnOptions = { ...user, cwd: folder, env: { LC_ALL: "C" } };

  const data = join(folder, "data");
  const kind = ["--auth=trust", "--username=likeness", "--encoding=UTF8", "--locale=C"];
  await run(initdb, ["--pgdata", data, ...kind, ...(durable ? [] : ["--no-sync"])], options);

  const place = ["listen_addresses=", `unix_socket_directories=${folder}`, "unix_socket_permissions=0700"];
  const settings = [...place, "max_connections=200", ...(durable ? [] : forgetful)];
  const start = async (): Promise<ChildProcess> => {
    const server = spawn(postgres, ["-D", data, ...settings.flatMap((setting) => ["-c", setting])], options);
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

/** `nobody`, which every Unix has: no user has to be made. */
async function unprivilegedUser(): Promise<ServerUser> {
  const [uid, gid] = await Promise.all(["-u", "-g"].map((what) => run("id", [what, "nobody"])));
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
}

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
