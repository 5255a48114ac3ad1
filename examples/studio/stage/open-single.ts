import { join } from "node:path";
import { freePort } from "@likeness/test-processes/free-port.ts";
import type { Cast, CastOptions } from "./cast.ts";
import { onPort } from "./on-port.ts";
import { openBot } from "./open-bot.ts";

/** One bot that fetches its updates, on SQLite. */
export async function openSingle({ onClose, ...options }: CastOptions): Promise<Cast> {
  const port = await onPort(options.identity.ports.bot, freePort);
  const publicUrl = `http://127.0.0.1:${port}`;
  const databaseUrl = `sqlite:${join(options.data, "likeness.db")}`;
  const bot = openBot({ ...options, port, publicUrl, databaseUrl, updates: "polling" });
  onClose(bot.stop);
  return { bots: [bot], ready: bot.ready, port };
}
