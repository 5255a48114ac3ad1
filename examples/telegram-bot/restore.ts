import { commands } from "./operator/commands.ts";
import { runAsProgram } from "./operator/run-command.ts";

/** `npm run restore -- <folder>`: puts a backup where a bot that does not run has its data. */
await runAsProgram(commands.restore);
