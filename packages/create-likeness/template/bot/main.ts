import { existsSync } from "node:fs";
import { silentLog, type Log } from "@likeness/core";
import { startBot } from "./bot.ts";
import { findSettings, type Settings } from "./settings.ts";

const log: Log = {
  ...silentLog,
  info: (fields, message) => console.info(message, fields),
  warn: (fields, message) => console.warn(message, fields),
  error: (fields, message) => console.error(message, fields),
};

async function run(settings: Settings): Promise<void> {
  console.log("Connecting to Telegram …");
  const stop = await startBot(settings, { folder: "data", log });
  console.log("The bot is running: write to it in Telegram. Ctrl-C stops it.");
  const end = (): void => void stop().catch(leave);
  process.once("SIGINT", end).once("SIGTERM", end);
}

function leave(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

if (existsSync(".env")) process.loadEnvFile(".env");
const found = findSettings(process.env);
switch (found.type) {
  case "all":
    await run(found.settings).catch(leave);
    break;
  case "none":
    // Loaded only here: what it needs besides is not installed on a server.
    await import("./rehearsal/rehearse.ts").then(({ rehearse }) => rehearse()).catch(leave);
    break;
  case "problems":
    console.error(`${found.problems.join("\n")}\nSet all of them in .env, or none for a rehearsal without a token.`);
    process.exitCode = 1;
}
