import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chown } from "node:fs/promises";
import { join } from "node:path";
import { serverFiles } from "./server-files.ts";
import { at, serverUser } from "./server-user.ts";

export interface ServerOptions {
  /** An empty folder for the programs and the socket. */
  readonly folder: string;
  /** The databases; made when there are none yet. Default: in the folder. */
  readonly data?: string | undefined;
  /** Whether a commit survives a crash of the computer. */
  readonly durable: boolean;
  /**
   * A folder in which servers share the programs and databases as `initdb` makes them; the first one makes both. To
   * make them anew takes a second of processor time.
   */
  readonly shared?: string | undefined;
}

export interface ServerProcess {
  /** Kills the server, and with it all connections, and starts it again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

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
  shared,
}: ServerOptions): Promise<ServerProcess> {
  const user = await serverUser();
  if (user) await chown(folder, user.uid, user.gid);
  const postgres = await serverFiles({ folder, data, durable, shared, user });

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
