import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { KeeperAnswer } from "./keeper.ts";

export interface PostgresServer {
  /** Of its empty database `postgres`. Its user may do everything. */
  readonly url: string;
  /** Ends all connections and the server at once, as its crash would, and starts it again. */
  restart(): Promise<void>;
  /** Stops it and removes everything it had, but databases that are kept. */
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** Whether a commit waits until it is on disk, as in earnest. Default false: it outlives only the server's crashes. */
  readonly durable?: boolean;
  /**
   * A folder in which the databases are kept. A server that still uses them, because every process that could end it was
   * killed, is ended first. Default: they are removed when the server stops.
   */
  readonly data?: string;
}

/**
 * Starts a PostgreSQL of one's own, from a package, in a temporary folder and on a Unix socket in it. It works for root
 * and others, any number at once, and goes when this process ends, however it ends.
 *
 * @throws An error with one line that says why it cannot start.
 */
export async function startPostgres({ durable = false, data }: PostgresOptions = {}): Promise<PostgresServer> {
  const program = fileURLToPath(new URL("keeper.ts", import.meta.url));
  const parameters = [...(durable ? ["--durable"] : []), ...(data === undefined ? [] : ["--data", data])];
  const keeper = spawn(process.execPath, [program, ...parameters], {
    stdio: ["pipe", "pipe", "inherit"],
    // So that Ctrl-C, which goes to a whole group, leaves the server to those who still need it.
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
    // The host of the address is for those who read it: the socket's folder comes before it.
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
