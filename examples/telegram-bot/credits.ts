import { commands } from "./operator/commands.ts";
import { runAsProgram } from "./operator/run-command.ts";

/** `npm run credits`: shows what an owner has, and gives or takes credits. */
await runAsProgram(commands.credits);
