import { join } from "node:path";
import { freePort } from "@likeness/test-processes/free-port.ts";
import type { StageBots, StageOptions } from "./stage-bots.ts";
import { openCluster } from "./open-cluster.ts";
import { onPort } from "./on-port.ts";
import { openBot } from "./open-bot.ts";

export interface Stage {
  /** The folder of the data, relative to the directory of the command. */
  readonly folder: string;
  /** The page's port at the first start; the other ports follow it. */
  readonly firstPort: number;
  open(options: StageOptions): Promise<StageBots>;
}

/** The setups that the studio can run. */
export const stages = {
  /** `npm run demo` */
  single: { folder: "data/studio", firstPort: 4700, open: openSingle },
  /** `npm run demo:cluster` */
  cluster: { folder: "data/cluster", firstPort: 4710, open: openCluster },
} as const satisfies Record<string, Stage>;

/** One bot that fetches its updates, on SQLite. */
async function openSingle({ onClose, ...options }: StageOptions): Promise<StageBots> {
  const port = await onPort(options.identity.ports.bot, freePort);
  const publicUrl = `http://127.0.0.1:${port}`;
  const databaseUrl = `sqlite:${join(options.data, "likeness.db")}`;
  const bot = openBot({ ...options, port, publicUrl, databaseUrl, updates: "polling" });
  onClose(bot.stop);
  return { bots: [bot], ready: bot.ready, port };
}
