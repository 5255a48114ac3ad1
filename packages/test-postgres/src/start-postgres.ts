import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { KeeperAnswer } from "./keeper.ts";

export interface PostgresServer {
  /** Of its empty database `postgres`. Its user may do everything. */
  readonly url: string;
  /** Kills the server, and with it all connections, and starts it again. */
  restart(): Promise<void>;
  /** Stops it and deletes its files, except for databases in a folder of the caller. */
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /**
   * Whether a commit waits until it is on disk, as in production. Default false: it survives only crashes of the
   * server.
   */
  readonly durable?: boolean;
  /**
   * A folder in which the databases are kept. A server that still uses them, because every process that could end it
   * was killed, is ended first. Default: they are removed when the server stops.
   */
  readonly data?: string;
}

/**
 * Starts a private PostgreSQL, from an npm package, in a temporary folder and on a Unix socket in it. It works for root
 * and other users, any number at once, and ends when this process ends in any way.
 *
 * @throws An error with one line that says why it cannot start.
 */
export async function startPostgres({ durable = false, data }: PostgresOptions = {}): Promise<PostgresServer> {
  const program = fileURLToPath(new URL("keeper.ts", import.meta.url));
  const parameters = [...(durable ? ["--durable"] : []), ...(data === undefined ? [] : ["--data", data])];
  const keeper = spawn(process.execPath, [program, ...parameters], {
    stdio: ["pipe", "pipe", "inherit"],
    // A separate process group, so that Ctrl-C does not stop the server while it is still needed.
    detached: true,
  });
  const lines = createInterface({ input: keeper.stdout })[Symbol.asyncIterator]();
  const gone = once(keeper, "exit");
  keeper.stdin.on("error", () => undefined);

  const answered = async (): Promise<string> => {
    const line = await lines.next();
    const answer: KeeperAnswer = line.done ? { failure: "its keeper was killed" } : JSON.parse(line.value);
    if ("folder" in answer) return answer.folder;
    throw new Error(`PostgreSQL cannot run in ${data ?? tmpdir()}: ${answer.failure}`);
  };

  const folder = await answered();
  return {
    // The host in the URL is only for people, because the parameter with the socket's folder takes precedence.
    url: `postgres://likeness@localhost/postgres?host=${encodeURIComponent(folder)}&sslmode=disable`,
    restart: async () => {
      keeper.stdin.write("restart\n");
      await answered();
    },
    stop: async () => {
      keeper.stdin.end();
      await gone;
    },
  };
}
