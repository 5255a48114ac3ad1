import { commands } from "./operator/commands.ts";
import { runAsProgram } from "./operator/run-command.ts";

/** `npm run backup -- <folder>`: saves database and files while the bot runs. */
await runAsProgram(commands.backup);
