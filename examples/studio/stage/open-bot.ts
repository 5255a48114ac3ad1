import { fileURLToPath } from "node:url";
import { activityFromBotLog } from "../behind/from-bot-log.ts";
import type { Activities, NewActivity } from "../behind/activities.ts";
import { botSettings, type BotSettingsOptions } from "../bot/bot-settings.ts";
import { runBot, type RunBotOptions, type RunningBot } from "../bot/run-bot.ts";
import { spawnBot } from "../bot/spawn-bot.ts";

export interface OpenBotOptions extends BotSettingsOptions, Pick<RunBotOptions, "name"> {
  readonly activities: Activities;
}

const timeoutMilliseconds = 2_000;

/** Runs the reference bot, and reports its output and its status. */
export function openBot({ activities, name, ...options }: OpenBotOptions): RunningBot {
  const program = fileURLToPath(import.meta.resolve("@likeness/example-telegram-bot/main.ts"));
  const settings = botSettings(options);
  const named = (text: string): string => (name ? `${name}: ${text}` : text);
  const say = ({ line, gist, ...activity }: NewActivity): void =>
    activities.add({ ...activity, line: named(line), gist: gist === undefined ? undefined : named(gist) });
  const bot = runBot({
    name,
    spawn: (onComplaint) =>
      spawnBot({ program, settings, onComplaint, onLine: (line) => say(activityFromBotLog(line)) }),
    isReady: () => answers(`http://127.0.0.1:${options.port}/ready`),
    onComplaint: (line) => say({ kind: "bot", line, trouble: true }),
  });
  bot.subscribe(() => {
    const { state, line } = bot.status();
    const trouble = state === "waiting";
    activities.add({ kind: "bot", line, trouble });
    if (trouble) process.stderr.write(`${line}\n`);
  });
  return bot;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(timeoutMilliseconds) })).ok;
  } catch {
    return false;
  }
}
