import { commands } from "./operator/commands.ts";
import { runAsProgram } from "./operator/run-command.ts";

/** `npm run copy -- <training id>`: copies its model again. Without an id: lists the models that are not copied. */
await runAsProgram(commands.copy);
