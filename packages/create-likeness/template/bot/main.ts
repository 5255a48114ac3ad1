import { existsSync } from "node:fs";
import { silentLog, type Log } from "@likeness/core";
import { startBot } from "./bot.ts";
import { explain } from "./problems.ts";
import { findSettings, type Found, type Settings } from "./settings.ts";

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
  console.error(`This did not work: ${explain(error)}`);
  process.exit(1);
}

/** Loaded only here: with PostgreSQL, what it needs besides is not installed on a server. */
const rehearse = () => import("./rehearsal/rehearse.ts").then((loaded) => loaded.rehearse());

function refuse({ problems }: Extract<Found, { readonly problems: unknown }>): void {
  console.error(
    `${problems.join("\n")}\nSet all of them in .env. Without any, npm run rehearse shows the bot at work.`,
  );
  process.exitCode = 1;
}

if (existsSync(".env")) process.loadEnvFile(".env");
const found = findSettings(process.env);
/** A server that has lost its settings has to say so, and nobody watches a rehearsal there. */
const watched = process.stdout.isTTY && process.env["NODE_ENV"] !== "production";
if (process.argv[2] === "rehearse" || (found.type === "none" && watched)) await rehearse().catch(leave);
else if (found.type === "all") await run(found.settings).catch(leave);
else refuse(found);
