import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { KeeperAnswer } from "./keeper.ts";

export interface KeptPostgres {
  readonly url: string;
  /** Ends all connections and the server at once, as its crash would, and starts it again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The PostgreSQL that npm brings, with databases that are kept in a folder. It goes when this process ends, however it ends. */
export async function openPostgres(data: string): Promise<KeptPostgres> {
  const program = fileURLToPath(new URL("keeper.ts", import.meta.url));
  // A group of its own: Ctrl-C goes to the studio, and the studio stops the database after the bots.
  const keeper = fork(program, [data], { detached: true, execArgv: [] });
  const gone = once(keeper, "exit");

  const answered = async (): Promise<string> => {
    const ended = gone.then((): [KeeperAnswer] => [{ failure: "its process has ended" }]);
    const [answer]: [KeeperAnswer] = await Promise.race([once(keeper, "message") as Promise<[KeeperAnswer]>, ended]);
    if ("folder" in answer) return answer.folder;
    throw new Error(`PostgreSQL cannot run on ${data}: ${answer.failure}`);
  };

  const folder = await answered();
  return {
    url: `postgres://likeness@localhost/postgres?host=${encodeURIComponent(folder)}&sslmode=disable`,
    restart: async () => {
      if (keeper.connected) keeper.send("restart");
      await answered();
    },
    stop: async () => {
      if (keeper.connected) keeper.disconnect();
      await gone;
    },
  };
}
