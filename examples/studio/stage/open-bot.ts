import { fileURLToPath } from "node:url";
import { newsFromBotLog } from "../behind/from-bot-log.ts";
import type { Happenings } from "../behind/happenings.ts";
import { botSettings, type BotSettingsOptions } from "../bot/bot-settings.ts";
import { runBot, type RunningBot } from "../bot/run-bot.ts";
import { spawnBot } from "../bot/spawn-bot.ts";
import { freePort, onPort } from "../net/ports.ts";

export interface OpenBotOptions extends Omit<BotSettingsOptions, "port"> {
  readonly happenings: Happenings;
}

const patienceMilliseconds = 2_000;

/** Runs the reference bot, and tells what it says and how it fares. */
export async function openBot({
  happenings,
  ...options
}: OpenBotOptions): Promise<RunningBot & { readonly port: number }> {
  const program = fileURLToPath(import.meta.resolve("@likeness/example-telegram-bot/main.ts"));
  const port = await onPort(options.identity.ports.bot, freePort);
  const settings = botSettings({ ...options, port });
  const bot = runBot({
    spawn: (onComplaint) =>
      spawnBot({ program, settings, onComplaint, onLine: (line) => happenings.add(newsFromBotLog(line)) }),
    isReady: () => answers(`${settings.PUBLIC_URL}/ready`),
    onComplaint: (line) => happenings.add({ kind: "bot", line, trouble: true }),
  });
  bot.subscribe(() => {
    const { state, line } = bot.status();
    const trouble = state === "waiting";
    happenings.add({ kind: "bot", line, trouble });
    if (trouble) process.stderr.write(`${line}\n`);
  });
  return { ...bot, port };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(patienceMilliseconds) })).ok;
  } catch {
    return false;
  }
}
