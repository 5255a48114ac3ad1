import { join } from "node:path";
import { startPostgres } from "@likeness/test-postgres/start-postgres.ts";
import { freePort } from "@likeness/test-processes/free-port.ts";
import { openProxy } from "@likeness/test-processes/proxy.ts";
import type { RunningBot } from "../bot/run-bot.ts";
import type { StageBots, StageOptions } from "./stage-bots.ts";
import { onPort } from "./on-port.ts";
import { openBot } from "./open-bot.ts";

const names = ["Bot 1", "Bot 2", "Bot 3"];

interface Replica {
  readonly port: number;
  readonly bot: RunningBot;
}

/** Three bots on PostgreSQL. fal and Telegram reach them through a proxy. */
export async function openCluster({ onClose, ...options }: StageOptions): Promise<StageBots> {
  // Opened first: it asks Telegram and fal to retry soon, whereas after refused connections they retry less and less
  // often.
  let replicas: readonly Replica[] = [];
  const targets = (): number[] =>
    replicas.filter(({ bot }) => bot.status().state === "running").map(({ port }) => port);
  const proxy = await onPort(options.identity.ports.bot, (port) => openProxy({ port, targets }));
  onClose(proxy.close);
  const database = await startPostgres({ data: join(options.data, "postgres"), durable: true });
  onClose(database.stop);

  const proxyPort = Number(new URL(proxy.url).port);
  const ports = await Promise.all(names.map((_, index) => onPort(proxyPort + 1 + index, freePort)));
  const where = { publicUrl: proxy.url, databaseUrl: database.url, updates: "webhook" } as const;
  replicas = ports.map((port, index) => ({ port, bot: openBot({ ...options, ...where, port, name: names[index] }) }));
  const bots = replicas.map(({ bot }) => bot);
  onClose(() => Promise.all(bots.map(({ stop }) => stop())));
  return { bots, ready: Promise.all(bots.map(({ ready }) => ready)), port: proxyPort, database };
}
