import { commands } from "./operator/commands.ts";
import { runAsProgram } from "./operator/run-command.ts";

/** `npm run adopt -- <training id>`: adopts the late result of a training. Without an id: lists the late results. */
await runAsProgram(commands.adopt);
