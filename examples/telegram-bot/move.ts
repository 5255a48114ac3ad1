import { commands } from "./operator/commands.ts";
import { runAsProgram } from "./operator/run-command.ts";

/** `npm run move -- postgres://…`: moves a bot's database from SQLite to PostgreSQL. */
await runAsProgram(commands.move);
